/* The one ornament: oak grain that bends round a knot and runs straight again, as a muscle does.

   The fibres are streamlines. A flow past a disc has the stream function s = y (1 - R²/r²); each fibre is a line of
   constant s, found by halving at every step along the plank. Rings, cracks and a slow waver make it wood. */

const WIDTH = 900;
const HEIGHT = 520;
const KNOT = { x: 545, y: 262, radius: 78, stretch: 1.3 };
const LIVING = -21;

/** Repeatable noise, so that every build draws the same plank. */
function noise(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

function stream(x, y) {
  const dx = (x - KNOT.x) / KNOT.stretch;
  const dy = y - KNOT.y;
  return dy * (1 - KNOT.radius ** 2 / Math.max(dx * dx + dy * dy, 1));
}

/** The height at which the fibre of this level stands over x. */
function height(x, level) {
  const dx = (x - KNOT.x) / KNOT.stretch;
  const edge = Math.sqrt(Math.max(0, KNOT.radius ** 2 - dx * dx));
  const side = Math.sign(level);
  let near = edge;
  let far = HEIGHT;
  for (let i = 0; i < 40; i += 1) {
    const middle = (near + far) / 2;
    if (side * stream(x, KNOT.y + side * middle) < Math.abs(level)) near = middle;
    else far = middle;
  }
  return KNOT.y + side * near + waver(x, level);
}

/** Fibres that lie together waver together. */
function waver(x, level) {
  return 3.2 * Math.sin(x / 118 + level / 60) + 1.7 * Math.sin(x / 51 + level / 23 + 2);
}

/** More points where the fibre bends. */
function columns(from, to) {
  const points = [from];
  for (let x = from; x < to; ) {
    const away = Math.abs(x - KNOT.x) / (KNOT.radius * KNOT.stretch);
    x += away < 1.7 ? 29 : Math.min(96, 17 * away);
    points.push(x > to - 12 ? to : x);
  }
  return points;
}

const round = (number) => Number(number.toFixed(1));

/** A smooth path through the points (Catmull-Rom). Neighbouring curves mirror each other's handle, so SVG's short form does. */
function smooth(points, closed = false) {
  const at = (i) => points[closed ? (i + points.length) % points.length : Math.max(0, Math.min(points.length - 1, i))];
  let [x, y] = points[0].map(round);
  let path = `M${x} ${y}`;
  for (let i = 0; i < points.length - (closed ? 0 : 1); i += 1) {
    const [before, here, next, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const ahead = [0, 1].map((k) => here[k] + (next[k] - before[k]) / 6);
    const behind = [0, 1].map((k) => next[k] - (after[k] - here[k]) / 6);
    const curve = (i === 0 ? [ahead, behind, next] : [behind, next]).flatMap(([a, b]) => [round(a - x), round(b - y)]);
    path += (i === 0 ? "c" : "s") + curve.join(" ");
    x = round(x + curve.at(-2));
    y = round(y + curve.at(-1));
  }
  return (path + (closed ? "z" : "")).replace(/ -/g, "-").replace(/\b0\./g, ".");
}

function fibre(level, from, to = WIDTH + 4) {
  return smooth(columns(from, to).map((x) => [x, height(x, level)]));
}

/** Wide and narrow years take turns; the living fibre keeps its distance. */
function fibres(random) {
  const paths = { thin: [], firm: [] };
  for (const side of [-1, 1]) {
    for (let level = 4; level < 255; level += 8.5 + random() * 7.5) {
      if (Math.abs(side * level - LIVING) < 7) continue;
      const from = 8 + random() ** 1.2 * 255;
      const to = random() < 0.16 ? WIDTH - 30 - random() * 170 : WIDTH + 4;
      paths[random() < 0.28 ? "firm" : "thin"].push(fibre(side * level, from, to));
    }
  }
  return paths;
}

/** Rings grow off-centre, never quite round, and closer together towards the bark. */
function rings(random) {
  const paths = [];
  for (const size of [0.09, 0.21, 0.34, 0.46, 0.57, 0.67, 0.765, 0.85, 0.925]) {
    const steps = size < 0.3 ? 7 : 11;
    const points = [];
    for (let i = 0; i < steps; i += 1) {
      const angle = (i / steps) * 2 * Math.PI;
      const lobe = 1 + 0.04 * Math.sin(2 * angle + 4 * size) + 0.03 * Math.sin(3 * angle - 6 * size) + 0.02 * random();
      const radius = KNOT.radius * size * (1 + (lobe - 1) * (1.25 - size));
      points.push([
        KNOT.x + 12 * (1 - size) + KNOT.stretch * radius * Math.cos(angle),
        KNOT.y - 7 * (1 - size) + radius * Math.sin(angle),
      ]);
    }
    paths.push(smooth(points, true));
  }
  return paths;
}

/** The drawing as two parts: #grain in the colour of the wood, #fibre the one that is alive. */
export function grain() {
  const random = noise(11);
  const { thin, firm } = fibres(random);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<g id="grain" fill="none" stroke="currentColor" stroke-linecap="round">
<path stroke-width="1.1" d="${thin.join("")}"/>
<path stroke-width="1.8" d="${firm.join("")}"/>
<path stroke-width="1.3" d="${rings(random).join("")}"/>
</g>
<path id="fibre" fill="none" stroke="currentColor" stroke-linecap="round" stroke-width="3" pathLength="1" d="${fibre(LIVING, -4)}"/>
</svg>
`;
}
