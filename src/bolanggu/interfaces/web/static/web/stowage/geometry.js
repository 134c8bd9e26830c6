/** Vertices of boxes and the camera's matrices, for WebGL. Lengths in mm until they are scaled by the box's length. */

const FACES = [
  [0, -1, [0, 4, 6, 0, 6, 2]], [0, 1, [1, 3, 7, 1, 7, 5]],
  [1, -1, [0, 1, 5, 0, 5, 4]], [1, 1, [2, 6, 7, 2, 7, 3]],
  [2, -1, [0, 2, 3, 0, 3, 1]], [2, 1, [4, 5, 7, 4, 7, 6]],
];
const EDGES = [0, 1, 0, 2, 0, 4, 1, 3, 1, 5, 2, 3, 2, 6, 3, 7, 4, 5, 4, 6, 5, 7, 6, 7];
/** Floats of a vertex of a face: place 3, normal 3, colour 3, step 1; of an edge: place 3, step 1. */
export const FACE_FLOATS = 10, EDGE_FLOATS = 4, FACE_VERTICES = 36, EDGE_VERTICES = 24;

function corner(box, at) {
  return [box[0] + (at & 1 ? box[3] : 0), box[1] + (at & 2 ? box[4] : 0), box[2] + (at & 4 ? box[5] : 0)];
}

export function rgb(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
}

/** Faces of all boxes, one after the other in loading order: the first n boxes are the first n × 36 vertices. */
export function faces(boxes, colours) {
  const data = new Float32Array(boxes.length * FACE_VERTICES * FACE_FLOATS);
  let to = 0;
  boxes.forEach((box, index) => {
    const colour = colours[box[6]];
    for (const [axis, sign, corners] of FACES) {
      const normal = [0, 0, 0];
      normal[axis] = sign;
      for (const at of corners) {
        data.set([...corner(box, at), ...normal, ...colour, index + 1], to);
        to += FACE_FLOATS;
      }
    }
  });
  return data;
}

export function edges(boxes) {
  const data = new Float32Array(boxes.length * EDGE_VERTICES * EDGE_FLOATS);
  let to = 0;
  boxes.forEach((box, index) => {
    for (const at of EDGES) {
      data.set([...corner(box, at), index + 1], to);
      to += EDGE_FLOATS;
    }
  });
  return data;
}

function times(a, b) {
  const out = new Float32Array(16);
  for (let c = 0; c < 4; c++) for (let r = 0; r < 4; r++)
    for (let k = 0; k < 4; k++) out[c * 4 + r] += a[k * 4 + r] * b[c * 4 + k];
  return out;
}

/** Projection × view for a camera that circles the middle of the room: angles in radians; distance 1 shows all of it. y runs to the left of who looks in at the door, as in the drawings. */
export function camera(size, turn, tilt, distance, aspect) {
  const scale = 1 / Math.max(...size), near = 0.05, far = 20, f = 1 / Math.tan(0.45);
  const [ct, st, cp, sp] = [Math.cos(turn), Math.sin(turn), Math.cos(tilt), Math.sin(tilt)];
  const fit = Math.max(0.95, 1.3 / aspect);
  const project = [f / aspect, 0, 0, 0, 0, f, 0, 0, 0, 0, (far + near) / (near - far), -1, 0, 0, 2 * far * near / (near - far), 0];
  const away = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, -distance * fit, 1];
  const swing = [ct, st * sp, -st * cp, 0, -st, ct * sp, -ct * cp, 0, 0, cp, sp, 0, 0, 0, 0, 1];
  const [dx, dy, dz] = size.map((s) => (s * scale) / 2);
  const middle = [scale, 0, 0, 0, 0, -scale, 0, 0, 0, 0, scale, 0, -dx, dy, -dz, 1];
  return times(times(times(project, away), swing), middle);
}
