/** Paints a scene with WebGL; tells which box lies under a point. */
import { camera, EDGE_FLOATS, EDGE_VERTICES, edges, FACE_FLOATS, FACE_VERTICES, faces, rgb } from "./geometry.js";

const FACE_VERTEX = `attribute vec3 place, normal, colour; attribute float step; uniform mat4 view; uniform float picked;
varying vec3 shown; varying float number;
void main() { gl_Position = view * vec4(place, 1.0); number = step;
  float light = 0.70 + 0.30 * max(normal.z, 0.0) + 0.12 * abs(normal.y);
  shown = abs(step - picked) < 0.5 ? vec3(1.0, 0.86, 0.1) * light : colour * light; }`;
const FACE_FRAGMENT = `precision highp float; varying vec3 shown; varying float number; uniform bool asking;
void main() { float n = floor(number + 0.5);
  gl_FragColor = asking ? vec4(mod(n, 256.0) / 255.0, floor(n / 256.0) / 255.0, 0.0, 1.0) : vec4(shown, 1.0); }`;
const EDGE_VERTEX = `attribute vec3 place; uniform mat4 view;
void main() { gl_Position = view * vec4(place, 1.0); gl_Position.z -= 0.0006 * gl_Position.w; }`;
const EDGE_FRAGMENT = `precision mediump float; uniform vec4 ink; void main() { gl_FragColor = ink; }`;

function program(gl, vertex, fragment) {
  const made = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made) || "shader");
  return made;
}

function buffer(gl, data) {
  const made = gl.createBuffer();
  gl.bindBuffer(gl.ARRAY_BUFFER, made);
  gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
  return made;
}

function attributes(gl, made, floats, parts) {
  let offset = 0;
  for (const [name, size] of parts) {
    const at = gl.getAttribLocation(made, name);
    if (at >= 0) {
      gl.enableVertexAttribArray(at);
      gl.vertexAttribPointer(at, size, gl.FLOAT, false, floats * 4, offset * 4);
    }
    offset += size;
  }
}

export class Painter {
  constructor(canvas, scene) {
    this.gl = canvas.getContext("webgl", { antialias: true, preserveDrawingBuffer: true });
    if (!this.gl) throw new Error("no WebGL");
    const gl = this.gl;
    this.canvas = canvas;
    this.size = scene.size;
    this.face = program(gl, FACE_VERTEX, FACE_FRAGMENT);
    this.edge = program(gl, EDGE_VERTEX, EDGE_FRAGMENT);
    this.faces = buffer(gl, faces(scene.boxes, scene.groups.map((group) => rgb(group.colour))));
    this.edges = buffer(gl, edges(scene.boxes));
    this.room = buffer(gl, edges([[0, 0, 0, ...scene.size, 0]]));
    this.turn = -0.62;
    this.tilt = 0.5;
    this.distance = 1;
    gl.enable(gl.DEPTH_TEST);
  }

  fitted() {
    const ratio = Math.min(devicePixelRatio || 1, 2), { clientWidth, clientHeight } = this.canvas;
    const [wide, high] = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)];
    if (this.canvas.width !== wide || this.canvas.height !== high) Object.assign(this.canvas, { width: wide, height: high });
    return ratio;
  }

  paint(count, picked) {
    this.fitted();
    this.cartons(count, picked, false);
    this.lines(this.edges, count * EDGE_VERTICES, [0.13, 0.11, 0.1, 1]);
    this.lines(this.room, EDGE_VERTICES, [0.45, 0.42, 0.38, 1]);
  }

  cartons(count, picked, asking) {
    const { gl } = this, { width, height } = this.canvas;
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    this.view = camera(this.size, this.turn, this.tilt, this.distance, width / height);
    gl.useProgram(this.face);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.faces);
    attributes(gl, this.face, FACE_FLOATS, [["place", 3], ["normal", 3], ["colour", 3], ["step", 1]]);
    gl.uniformMatrix4fv(gl.getUniformLocation(this.face, "view"), false, this.view);
    gl.uniform1f(gl.getUniformLocation(this.face, "picked"), picked);
    gl.uniform1i(gl.getUniformLocation(this.face, "asking"), asking ? 1 : 0);
    gl.drawArrays(gl.TRIANGLES, 0, count * FACE_VERTICES);
  }

  lines(data, vertices, ink) {
    const { gl } = this;
    gl.useProgram(this.edge);
    gl.bindBuffer(gl.ARRAY_BUFFER, data);
    attributes(gl, this.edge, EDGE_FLOATS, [["place", 3]]);
    gl.uniformMatrix4fv(gl.getUniformLocation(this.edge, "view"), false, this.view);
    gl.uniform4fv(gl.getUniformLocation(this.edge, "ink"), ink);
    gl.drawArrays(gl.LINES, 0, vertices);
  }

  /** Step of the carton under a point of the canvas (CSS pixels), 0 for none. */
  under(x, y, count) {
    const { gl } = this, ratio = this.fitted(), pixel = new Uint8Array(4);
    this.cartons(count, 0, true);
    gl.readPixels(Math.round(x * ratio), this.canvas.height - Math.round(y * ratio), 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
    return pixel[3] === 255 ? pixel[0] + 256 * pixel[1] : 0;
  }
}
