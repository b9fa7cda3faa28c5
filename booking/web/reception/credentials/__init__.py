"""The manager’s page of who may use which technique, where on the body, and until when."""
