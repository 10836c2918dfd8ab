// The GLSL of the lattice: ray-cast sphere impostors, duct ribbons, selection rings. Nothing here touches three.js.
// All lengths are metres in view space; colours are sRGB 0…1, lit in (approximately) linear light.

/** Stretch about the block's centre, and the layer filter, shared by everything that follows the chambers. */
const PLACE = /* glsl */ `
precision highp float;
precision highp int;
uniform mat4 viewMatrix;
uniform mat4 projectionMatrix;
uniform vec3 uCentre;
uniform float uStretch;
uniform float uRadius;
uniform vec2 uLayers;
vec3 place(vec3 p) { return (viewMatrix * vec4(uCentre + (p - uCentre) * uStretch, 1.0)).xyz; }
bool hidden(float layer) { return layer < uLayers.x - 0.5 || layer > uLayers.y + 0.5; }
const vec4 NOWHERE = vec4(2.0, 2.0, 2.0, 1.0);
`;

/** Distance fade to the ground colour; x and y of uFade are its start and end, z its strength. */
const FADE = /* glsl */ `
uniform vec3 uGround;
uniform vec3 uFade;
vec3 recede(vec3 colour, float depth) {
  return mix(colour, uGround, uFade.z * smoothstep(uFade.x, uFade.y, depth));
}
`;

/** One quad per chamber, facing the eye and just large enough for the sphere's outline in perspective. */
export const SPHERE_VERTEX = /* glsl */ `
${PLACE}
uniform sampler2D uPalette;
uniform vec2 uRange;
uniform vec2 uTurn;
uniform vec3 uBelow;
uniform vec3 uAbove;
uniform vec3 uMissing;
uniform bool uCyclic;
uniform bool uHasData;
uniform float uBuried;
uniform float uDeepest;
in vec2 corner;
in vec3 centre;
in float layer;
in vec2 exposure;
in vec2 value;
flat out vec3 vCentre;
flat out vec3 vColour;
flat out float vAmbient;
out vec3 vPoint;

vec3 dataColour(float v) {
  if (!uHasData || !(v < 0.0 || v >= 0.0)) return uMissing;
  float t = (v - uRange.x) / (uRange.y - uRange.x);
  if (uCyclic) t = fract(t);
  vec3 colour = textureLod(uPalette, vec2((clamp(t, 0.0, 1.0) * 255.0 + 0.5) / 256.0, 0.5), 0.0).rgb;
  colour = mix(colour, uAbove, smoothstep(1.0, 1.04, t));
  return mix(colour, uBelow, smoothstep(0.0, -0.04, t));
}

void main() {
  vCentre = place(centre);
  float distance2 = dot(vCentre, vCentre);
  if (hidden(layer) || exposure.y > uDeepest || distance2 < 1.05 * uRadius * uRadius || vCentre.z > 0.0) {
    gl_Position = NOWHERE;
    return;
  }
  vColour = dataColour(dot(value, uTurn));
  vAmbient = mix(uBuried, 1.0, max(smoothstep(0.0, 0.3, exposure.x / 255.0), smoothstep(1.2, 2.4, uStretch)));
  float distance = sqrt(distance2);
  vec3 forward = vCentre / distance;
  vec3 right = normalize(vec3(-forward.z, 0.0, forward.x));
  vec3 up = cross(right, forward);
  float size = 1.01 * uRadius * distance / sqrt(distance2 - uRadius * uRadius);
  vPoint = vCentre + (corner.x * right + corner.y * up) * size;
  gl_Position = projectionMatrix * vec4(vPoint, 1.0);
}
`;

/** The eye's ray against the sphere: true depth, matte light, darker towards the outline so that balls separate. */
export const SPHERE_FRAGMENT = /* glsl */ `
precision highp float;
uniform mat4 projectionMatrix;
uniform float uRadius;
uniform vec2 uContour;
${FADE}
flat in vec3 vCentre;
flat in vec3 vColour;
flat in float vAmbient;
in vec3 vPoint;
out vec4 outColour;

const vec3 KEY = vec3(-0.4472, 0.6149, 0.6496);

void main() {
  vec3 ray = normalize(vPoint);
  float along = dot(ray, vCentre);
  vec3 offset = along * ray - vCentre;
  float off2 = dot(offset, offset);
  float inside = uRadius * uRadius - off2;
#ifdef SMOOTH_EDGES
  float off = sqrt(off2);
  float coverage = clamp((uRadius - off) / max(fwidth(off), 1e-7) + 0.5, 0.0, 1.0);
  if (coverage <= 0.0) discard;
#else
  if (inside <= 0.0) discard;
#endif
  float half_ = sqrt(max(inside, 0.0));
  vec3 hit = (along - half_) * ray;
  float clipZ = projectionMatrix[2][2] * hit.z + projectionMatrix[3][2];
  gl_FragDepth = 0.5 - 0.5 * clipZ / hit.z;
  vec3 normal = (hit - vCentre) / uRadius;
  float facing = half_ / uRadius;
  float key = 0.5 + 0.5 * dot(normal, KEY);
  float light = mix(uContour.x, 1.08, smoothstep(0.0, 1.0, key));
  light *= mix(uContour.y, 1.0, smoothstep(0.0, 0.55, facing)) * vAmbient;
  vec3 colour = sqrt(vColour * vColour * light);
  outColour = vec4(recede(min(colour, 1.0), -hit.z), 1.0);
#ifdef SMOOTH_EDGES
  outColour.a = coverage;
#endif
}
`;

/** One ribbon per duct, its ends inside the balls, turned to the eye; never thinner than a pixel. */
export const DUCT_VERTEX = /* glsl */ `
${PLACE}
uniform float uDuctRadius;
uniform float uPixels;
in vec2 corner;
in vec3 from;
in vec3 to;
in vec2 layers;
out float vAcross;
out float vDepth;

void main() {
  vec3 a = place(from);
  vec3 b = place(to);
  vec3 axis = b - a;
  float span = length(axis);
  if (hidden(layers.x) || hidden(layers.y) || span < 1e-6) {
    gl_Position = NOWHERE;
    return;
  }
  axis /= span;
  // Drawn thinner than they are, the more so the further the chambers stand apart: ducts must not hide the data.
  float radius = uDuctRadius * mix(0.7, 0.22, clamp(uStretch - 1.0, 0.0, 1.0));
  float trim = min(0.49 * span, 0.75 * uRadius);
  vec3 point = a + axis * mix(trim, span - trim, corner.y * 0.5 + 0.5);
  vec3 side = normalize(cross(axis, point));
  float size = max(radius, -0.55 * point.z / uPixels);
  point += side * corner.x * size;
  vAcross = corner.x;
  vDepth = -point.z;
  gl_Position = projectionMatrix * vec4(point, 1.0);
}
`;

export const DUCT_FRAGMENT = /* glsl */ `
precision highp float;
uniform vec3 uColour;
${FADE}
in float vAcross;
in float vDepth;
out vec4 outColour;
void main() {
  float light = 0.5 + 0.5 * sqrt(max(0.0, 1.0 - vAcross * vAcross));
  outColour = vec4(recede(sqrt(uColour * uColour * light), vDepth), 1.0);
}
`;

/**
 * A ring around a chamber's outline, pulled in front of its neighbours; ring.w is 0 for selected, 1 for hovered. With DASHES it is
 * broken into so many and stands outside the others.
 */
export const RING_VERTEX = /* glsl */ `
${PLACE}
uniform float uPixels;
in vec2 corner;
in vec4 ring;
out vec2 vOffset;
flat out vec3 vRing;
flat out float vHovered;

void main() {
  vec3 centre = place(ring.xyz);
  float distance2 = dot(centre, centre);
  if (distance2 < 2.0 * uRadius * uRadius || centre.z > 0.0) {
    gl_Position = NOWHERE;
    return;
  }
  float distance = sqrt(distance2);
  vec3 forward = centre / distance;
  vec3 right = normalize(vec3(-forward.z, 0.0, forward.x));
  vec3 up = cross(right, forward);
  float outline = uRadius * distance / sqrt(distance2 - uRadius * uRadius);
  float pixel = distance / uPixels;
  float width = ring.w > 0.5 ? 1.25 * pixel : max(2.0 * pixel, 0.05 * uRadius);
#ifdef DASHES
  float inner = outline + width + pixel;
#else
  float inner = outline - 0.5 * pixel;
#endif
  float outer = inner + width;
  float size = outer + 2.5 * pixel;
  vRing = vec3(inner, outer, pixel);
  vHovered = ring.w;
  vOffset = corner * size;
  float pull = 1.0 - 1.02 * uRadius / distance;
  vec3 point = (centre + (corner.x * right + corner.y * up) * size) * pull;
  gl_Position = projectionMatrix * vec4(point, 1.0);
}
`;

/** The ring in its colour between two hairlines of the ground, readable on every data colour. */
export const RING_FRAGMENT = /* glsl */ `
precision highp float;
uniform vec3 uColour;
uniform vec3 uGround;
uniform float uOpacity;
in vec2 vOffset;
flat in vec3 vRing;
flat in float vHovered;
out vec4 outColour;
void main() {
  float radius = length(vOffset);
  float pixel = vRing.z;
  float core = smoothstep(vRing.x - pixel, vRing.x, radius) - smoothstep(vRing.y, vRing.y + pixel, radius);
  float halo = smoothstep(vRing.x - 2.5 * pixel, vRing.x - pixel, radius)
    - smoothstep(vRing.y + pixel, vRing.y + 2.5 * pixel, radius);
  float alpha = max(core, 0.6 * halo) * uOpacity;
#ifdef DASHES
  // Dash and gap about equal, whatever the size.
  if (fract(atan(vOffset.y, vOffset.x) / 6.2831853 * float(DASHES)) > 0.55) discard;
#endif
  if (alpha < 0.01) discard;
  outColour = vec4(mix(uGround, uColour, core), alpha);
}
`;

/** A drop before a chamber that has condensed water: a shape, not a colour, at the lower edge of the ball. */
export const DROP_VERTEX = /* glsl */ `
${PLACE}
uniform float uPixels;
in vec2 corner;
in vec3 centre;
in float layer;
in float amount;
out vec2 vAt;

void main() {
  vec3 middle = place(centre);
  float distance2 = dot(middle, middle);
  if (!(amount > 0.0) || hidden(layer) || distance2 < 2.0 * uRadius * uRadius || middle.z > 0.0) {
    gl_Position = NOWHERE;
    return;
  }
  float distance = sqrt(distance2);
  vec3 forward = middle / distance;
  vec3 right = normalize(vec3(-forward.z, 0.0, forward.x));
  vec3 up = cross(right, forward);
  float size = max(0.26 * uRadius, 6.0 * distance / uPixels);
  vAt = corner;
  float pull = 1.0 - 1.02 * uRadius / distance;
  vec3 point = (middle - 0.55 * uRadius * up + (corner.x * right + corner.y * up) * size) * pull;
  gl_Position = projectionMatrix * vec4(point, 1.0);
}
`;

/** The drop in the text colour with a border of the ground, readable on every data colour. */
export const DROP_FRAGMENT = /* glsl */ `
precision highp float;
uniform vec3 uColour;
uniform vec3 uGround;
in vec2 vAt;
out vec4 outColour;
void main() {
  // A circle whose upper half is drawn out to a point.
  float up = max(vAt.y + 0.25, 0.0);
  float wide = 0.52 * sqrt(max(0.0, 1.0 - up / 1.1)) * (1.0 - 0.35 * up);
  float round = length(vec2(vAt.x, vAt.y + 0.25)) - 0.52;
  float edge = vAt.y < -0.25 ? round : abs(vAt.x) - wide;
  if (vAt.y > 0.85) discard;
  float pixel = fwidth(vAt.y);
  float alpha = 1.0 - smoothstep(0.16, 0.16 + 1.5 * pixel, edge);
  if (alpha < 0.01) discard;
  outColour = vec4(mix(uColour, uGround, smoothstep(-pixel, pixel, edge)), alpha);
}
`;
