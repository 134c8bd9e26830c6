/** The stowage of a box: drag turns it, pinch or wheel brings it nearer, the slider loads it carton by carton, a tap names one. */
import { Painter } from "./painter.js";

const NS = "http://www.w3.org/2000/svg";

function fact(list, word, value, url) {
  const row = document.createElement("div"), term = document.createElement("dt"), told = document.createElement("dd");
  term.textContent = word;
  const inner = document.createElement(url ? "a" : "bdi");
  if (url) inner.href = url;
  inner.textContent = value;
  told.append(inner);
  row.append(term, told);
  list.append(row);
}

function dot(colour) {
  const svg = document.createElementNS(NS, "svg"), circle = document.createElementNS(NS, "circle");
  svg.setAttribute("viewBox", "0 0 10 10");
  svg.setAttribute("aria-hidden", "true");
  for (const [name, value] of [["cx", 5], ["cy", 5], ["r", 5], ["fill", colour]]) circle.setAttribute(name, value);
  svg.append(circle);
  return svg;
}

class View {
  constructor(section, scene) {
    this.scene = scene;
    this.words = section.dataset.words.split("|");
    [this.canvas, this.slider, this.output, this.facts] = ["canvas", "input", "output", ".picked"].map((q) => section.querySelector(q));
    this.canvas.hidden = false;
    try {
      this.painter = new Painter(this.canvas, scene);
    } catch (error) {
      this.canvas.hidden = true;
      throw error;
    }
    section.querySelector("img").hidden = true;
    section.querySelector(".sequence").hidden = false;
    this.slider.max = String(scene.boxes.length);
    this.slider.value = this.slider.max;
    this.picked = 0;
    this.pointers = new Map();
    this.legend(section.querySelector(".legend"));
    this.listen();
    this.paint();
  }

  get count() { return Number(this.slider.value); }

  paint() {
    this.output.textContent = `${this.count} / ${this.scene.boxes.length}`;
    this.waiting ??= requestAnimationFrame(() => { this.waiting = undefined; this.painter.paint(this.count, this.picked); });
  }

  legend(list) {
    list.hidden = false;
    for (const group of this.scene.groups) {
      const item = document.createElement("li"), name = document.createElement("bdi");
      name.textContent = group.name;
      item.append(dot(group.colour), name);
      list.append(item);
    }
  }

  pick(step) {
    this.picked = step;
    this.facts.replaceChildren();
    const carton = step ? this.scene.cartons[step - 1] : null, group = step ? this.scene.groups[this.scene.boxes[step - 1][6]] : null;
    if (step) fact(this.facts, String(step), carton ? carton.sscc : group.name, carton?.url);
    if (carton) [carton.line, carton.mark, carton.size, `${carton.kg} kg`].forEach((value, at) => fact(this.facts, this.words[at], value));
    this.paint();
  }

  turn(dx, dy) {
    const p = this.painter;
    p.turn += dx;
    p.tilt = Math.min(1.5, Math.max(-0.2, p.tilt + dy));
    this.paint();
  }

  nearer(share) {
    this.painter.distance = Math.min(4, Math.max(0.5, this.painter.distance * share));
    this.paint();
  }

  listen() {
    this.slider.addEventListener("input", () => { if (this.picked > this.count) this.pick(0); else this.paint(); });
    addEventListener("resize", () => this.paint());
    this.canvas.addEventListener("wheel", (e) => { e.preventDefault(); this.nearer(Math.exp(e.deltaY / 900)); }, { passive: false });
    this.canvas.addEventListener("keydown", (e) => this.key(e));
    this.canvas.addEventListener("pointerdown", (e) => {
      this.canvas.setPointerCapture(e.pointerId);
      this.pointers.set(e.pointerId, [e.offsetX, e.offsetY]);
      this.moved = this.pointers.size > 1 ? 99 : 0;
    });
    this.canvas.addEventListener("pointermove", (e) => this.drag(e));
    this.canvas.addEventListener("pointerup", (e) => {
      if (this.pointers.delete(e.pointerId) && this.moved < 6) this.pick(this.painter.under(e.offsetX, e.offsetY, this.count));
    });
    this.canvas.addEventListener("pointercancel", (e) => this.pointers.delete(e.pointerId));
    this.canvas.addEventListener("webglcontextlost", () => location.reload());
  }

  drag(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = [event.offsetX, event.offsetY], other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) this.nearer(Math.hypot(before[0] - other[0], before[1] - other[1]) / Math.max(8, Math.hypot(now[0] - other[0], now[1] - other[1])));
    else this.turn((now[0] - before[0]) / 180, (now[1] - before[1]) / 220);
    this.moved += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
    this.pointers.set(event.pointerId, now);
  }

  key(event) {
    const turns = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] };
    const zooms = { "+": 0.9, "=": 0.9, "-": 1.1 };
    if (turns[event.key]) this.turn(...turns[event.key]);
    else if (zooms[event.key]) this.nearer(zooms[event.key]);
    else return;
    event.preventDefault();
  }
}

for (const section of document.querySelectorAll(".stowage[data-scene]")) {
  fetch(section.dataset.scene, { credentials: "same-origin" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .then((scene) => new View(section, scene))
    .catch(() => { section.dataset.plain = "yes"; });
}
