/* Builds static/dist/ from static/src/ and the npm packages: styles, scripts, fonts, images. Run: npm run build */
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { build, transform } from "esbuild";
import * as sass from "sass";
import subsetFont from "subset-font";
import { grain } from "./grain.js";

const here = path.dirname(fileURLToPath(import.meta.url));
const packages = path.join(here, "..", "node_modules");
const source = path.join(here, "src");
const finished = path.join(here, "dist");
// A server goes on serving the old files until the new ones are whole.
const target = await mkdtemp(path.join(here, "dist-"));

const STYLES = ["oakmont", "staff", "desk", "physio"];
const SCRIPTS = ["oakmont", "reception", "steppers"];
const COPIES = {
  "htmx.org/dist/htmx.min.js": "htmx.js",
  "@event-calendar/build/dist/event-calendar.min.js": "event-calendar.js",
  "@event-calendar/build/dist/event-calendar.min.css": "event-calendar.css",
};

/* Headings are set in one weight and text in three, so the rest of the weight axis stays at home: half the bytes. */
const FONTS = [
  { name: "platypi", file: "platypi/files/platypi-SUBSET-wght-normal.woff2", axes: { wght: 500 } },
  {
    name: "hanken-grotesk",
    file: "hanken-grotesk/files/hanken-grotesk-SUBSET-wght-normal.woff2",
    axes: { wght: { min: 400, max: 650 } },
  },
];
const FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "calt", "rlig"];

/* Where “whatever follows a legend” is a rule, a box that comes onto the diary restyles all the others. Of our legends
   one floats, and clears what follows it by itself. */
const AFTER_A_LEGEND = "legend+*{clear:left}";

async function styles() {
  for (const name of STYLES) {
    const { css } = sass.compile(path.join(source, "styles", `${name}.scss`), {
      loadPaths: [packages],
      quietDeps: true, // Bootstrap 5 still writes @import
      silenceDeprecations: ["import"],
    });
    const { code } = await transform(css, { loader: "css", minify: true, target: ["safari15.4", "chrome105", "firefox110"] });
    await writeFile(path.join(target, `${name}.css`), code.replace(AFTER_A_LEGEND, ""));
  }
}

async function scripts() {
  await build({
    entryPoints: SCRIPTS.map((name) => path.join(source, "scripts", `${name}.js`)),
    outdir: target,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    logLevel: "warning",
  });
}

async function fonts() {
  await mkdir(path.join(target, "fonts"), { recursive: true });
  for (const { name, file, axes } of FONTS) {
    for (const subset of ["latin", "latin-ext"]) {
      const original = await readFile(path.join(packages, "@fontsource-variable", file.replace("SUBSET", subset)));
      const font = await subsetFont(original, null, {
        targetFormat: "woff2",
        keepAllGlyphs: true,
        keepFeatures: FEATURES,
        variationAxes: axes,
      });
      await writeFile(path.join(target, "fonts", `${name}-${subset}.woff2`), font);
    }
  }
}

async function copies() {
  await cp(path.join(source, "images"), target, { recursive: true });
  await writeFile(path.join(target, "grain.svg"), grain());
  for (const [from, to] of Object.entries(COPIES)) {
    const text = await readFile(path.join(packages, from), "utf8");
    await writeFile(path.join(target, to), text.replace(/\/\/# sourceMappingURL=.*\s*$/, ""));
  }
}

try {
  await Promise.all([styles(), scripts(), fonts(), copies()]);
  await chmod(target, 0o755); // mkdtemp's folder is its maker's alone
  await rm(finished, { recursive: true, force: true });
  await rename(target, finished);
} finally {
  await rm(target, { recursive: true, force: true });
}
