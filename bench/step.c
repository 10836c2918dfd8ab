// The acoustic step of the farm in plain C, for `npm run bench` only: what an ordinary compiler makes of the same sums.
// A line-by-line copy of src/engine/gas-oscillation/step.ts for an intact farm in which no gas changes chamber and no
// chamber is re-centred (it stops with exit code 3 when that happens). Totals are summed in the same blocks.
//
// usage: step <dump in> <dump out> <rounds> <steps per round>     prints the seconds of every round
// dump: u64 chambers, ducts, poles, then float64 arrays in the order of `read_all`; edges as float64.

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

// As src/kernel/block.ts.
enum { DUCT_BLOCK = 64, CHAMBER_BLOCK = 32 };
static const double SMALLEST_NORMAL = 2.2250738585072014e-308;

static FILE *file;
static double *array(uint64_t n) {
  double *a = aligned_alloc(64, (n * 8 + 127) / 64 * 64);
  if (!a || fread(a, 8, n, file) != n) exit(2);
  return a;
}

static uint64_t chambers, ducts, poles;
static uint32_t *edges;
enum { TIME_STEP, WALL_CAPACITY, CHIP_CAPACITY, ROOM, CHIP_CONDUCTANCE, ROOM_T, FREQUENCY, FOLLOW, WEIGHT, REAL, R_, REF, RECENTRE, EASE, PUSH, POWER_FACTOR, SCALARS };
static double *scalar, *totals, *cosine, *sine;
static double *flow, *displacement, *viscous, *trap_flow, *trap_pressure, *peak;
static double *inertial, *denominator, *quadratic, *resistance, *half_volume, *damping, *layer_resistance;
static double *amount, *energy, *temperature, *volume, *pressure, *centre, *caloric, *virial, *layer, *instant_layer;
static double *pending, *wall, *chip, *piston_re, *piston_im, *piston, *chip_power, *target_re, *target_im;
static double *instant_capacity, *wall_conductance, *half_pull, *layer_pull, *layer_capacity;
static double *inverse, *doubled, *approach, *pole_time;
static double *sum_cos, *sum_sin, *offset, *sum_p, *sum_t, *sum_drive, *sum_wall, *sum_friction, *sum_minor;
static double *volume_change, *friction_heat, *minor_heat, *piston_move;

static void read_all(uint64_t steps) {
  uint64_t head[3];
  if (fread(head, 8, 3, file) != 3) exit(2);
  chambers = head[0], ducts = head[1], poles = head[2];
  scalar = array(SCALARS), totals = array(17), cosine = array(steps), sine = array(steps);
  double *ends = array(2 * ducts);
  edges = malloc(8 * ducts + 8);
  for (uint64_t k = 0; k < 2 * ducts; k++) edges[k] = (uint32_t)ends[k];
  free(ends);
  flow = array(ducts), displacement = array(ducts), viscous = array(ducts * poles), trap_flow = array(ducts), trap_pressure = array(ducts), peak = array(ducts);
  inertial = array(ducts), denominator = array(ducts), quadratic = array(ducts), resistance = array(ducts);
  half_volume = array(ducts), damping = array(ducts * poles), layer_resistance = array(ducts * poles);
  amount = array(chambers), energy = array(chambers), temperature = array(chambers), volume = array(chambers);
  pressure = array(chambers), centre = array(chambers), caloric = array(4 * chambers), virial = array(3 * chambers);
  layer = array(chambers * poles), instant_layer = array(chambers), pending = array(chambers), wall = array(chambers);
  chip = array(chambers), piston_re = array(chambers), piston_im = array(chambers), piston = array(chambers);
  chip_power = array(chambers), target_re = array(chambers), target_im = array(chambers);
  instant_capacity = array(chambers), wall_conductance = array(chambers), half_pull = array(chambers);
  layer_pull = array(chambers * poles), layer_capacity = array(chambers * poles);
  inverse = array(poles), doubled = array(poles), approach = array(poles), pole_time = array(poles);
  sum_cos = array(chambers), sum_sin = array(chambers), offset = array(chambers), sum_p = array(chambers);
  sum_t = array(chambers), sum_drive = array(chambers), sum_wall = array(chambers), sum_friction = array(chambers);
  sum_minor = array(chambers);
  volume_change = calloc(chambers, 8), friction_heat = calloc(chambers, 8), minor_heat = calloc(chambers, 8);
  piston_move = calloc(chambers, 8);
}

static void kick(void) {
  const double heat_step = scalar[POWER_FACTOR] * scalar[TIME_STEP];
  double friction_total = 0, minor_total = 0, friction_of_block = 0, minor_of_block = 0;
  for (uint64_t i = 0; i < chambers; i++) friction_heat[i] = minor_heat[i] = 0;
  for (uint64_t e = 0; e < ducts; e++) {
    if (e % DUCT_BLOCK == 0) {
      friction_total += friction_of_block;
      minor_total += minor_of_block;
      friction_of_block = minor_of_block = 0;
    }
    const uint32_t i = edges[2 * e], j = edges[2 * e + 1];
    const double before = flow[e];
    const double caught = trap_pressure[e];
    double B = pressure[i] - pressure[j] + inertial[e] * (before - caught);
    for (uint64_t k = 0, at = e; k < poles; k++, at += ducts) B += damping[at] * viscous[at];
    const double A = denominator[e], K = quadratic[e];
    const double mid = (2 * B) / (A + sqrt(A * A + 4 * K * fabs(B)));
    double dissipation = resistance[e] * mid * mid;
    for (uint64_t k = 0, at = e; k < poles; k++, at += ducts) {
      const double slip = (mid - viscous[at]) * inverse[k];
      viscous[at] += doubled[k] * slip;
      dissipation += layer_resistance[at] * slip * slip;
    }
    const double friction = heat_step * dissipation, speed = fabs(mid), minor = heat_step * K * speed * mid * mid;
    const double after = 2 * mid - before, in_trap = trap_flow[e] + scalar[EASE] * caught;
    flow[e] = after, trap_flow[e] = in_trap, trap_pressure[e] = caught + scalar[PUSH] * (after - in_trap);
    friction_heat[i] += 0.5 * friction;
    friction_heat[j] += 0.5 * friction;
    minor_heat[mid > 0 ? j : i] += minor;
    friction_of_block += friction;
    minor_of_block += minor;
    if (speed > peak[e]) peak[e] = speed;
  }
  totals[3] += friction_total + friction_of_block;
  totals[4] += minor_total + minor_of_block;
}

static double flushed(double x) { return fabs(x) < SMALLEST_NORMAL ? 0 : x; }

static void move(uint64_t step) {
  const double dt = scalar[TIME_STEP], cos = cosine[step], sin = sine[step], follow = scalar[FOLLOW];
  for (uint64_t i = 0; i < chambers; i++) volume_change[i] = 0;
  for (uint64_t e = 0; e < ducts; e++) {
    const double moved = flow[e] * dt;
    volume_change[edges[2 * e]] += moved;
    volume_change[edges[2 * e + 1]] -= moved;
    const double xi = displacement[e] + moved;
    displacement[e] = xi;
    if (xi > half_volume[e] || xi < -half_volume[e]) exit(3);
  }
  for (uint64_t i = 0; i < chambers; i++) {
    piston_re[i] = flushed(piston_re[i] + follow * (target_re[i] - piston_re[i]));
    piston_im[i] = flushed(piston_im[i] + follow * (target_im[i] - piston_im[i]));
    const double x = piston_re[i] * cos - piston_im[i] * sin;
    volume_change[i] += x - piston[i];
    piston_move[i] = x - piston[i];
    piston[i] = x;
  }
}

static void step_chambers(uint64_t step) {
  const double dt = scalar[TIME_STEP], R = scalar[R_], reference = scalar[REF], limit = scalar[RECENTRE];
  const double room_step = dt * scalar[ROOM], chip_step = dt * scalar[CHIP_CONDUCTANCE], room = scalar[ROOM_T];
  const double per_wall = 1 / scalar[WALL_CAPACITY], per_chip = 1 / scalar[CHIP_CAPACITY], per_step = 1 / dt, per_room = 1 / (reference + room);
  const double cos = scalar[WEIGHT] * cosine[step], sin = scalar[WEIGHT] * sine[step];
  double drive_total = 0, chip_total = 0, room_total = 0, thermal_total = 0;
  double entropy_thermal = 0, entropy_viscous = 0, entropy_minor = 0, entropy_room = 0, entropy_chip = 0;
  for (uint64_t from = 0; from < chambers; from += CHAMBER_BLOCK) {
    const uint64_t to = from + CHAMBER_BLOCK < chambers ? from + CHAMBER_BLOCK : chambers;
    double driven = 0, chip_in = 0, to_room = 0, thermal = 0;
    double of_thermal = 0, of_viscous = 0, of_minor = 0, of_room = 0, of_chip = 0;
    for (uint64_t i = from; i < to; i++) {
      const double dv = volume_change[i], v = volume[i] + dv, nR = amount[i] * R, T = temperature[i], p = pressure[i];
      const double G = dt * wall_conductance[i];
      const double *c = caloric + 4 * i, *w = virial + 3 * i;
      const double from_centre = T - centre[i];
      const double C = c[1] + from_centre * (c[2] + 0.5 * from_centre * c[3]);
      const double dC = c[2] + from_centre * c[3];
      const double D = pending[i], second_order = scalar[POWER_FACTOR] * D, instant = instant_capacity[i];
      const double b2 = w[2], db = w[1] + from_centre * b2, b = w[0] + from_centre * (w[1] + 0.5 * from_centre * b2);
      const double Tk = reference + T, density = 1 / v;
      const double p_there = nR * Tk * density * (1 + b * density);
      const double p_by_t = nR * density * (1 + (b + Tk * db) * density);
      const double energy_by_volume = -nR * Tk * Tk * db * (density - 1 / volume[i]);
      const double residual_capacity = -nR * density * Tk * (2 * db + Tk * b2);
      double drive = -0.5 * (p + p_there) * dv - energy_by_volume + G * (wall[i] - T) + minor_heat[i] - D -
                     instant * (T - instant_layer[i]);
      const double stiffness = 0.5 * (p_by_t * dv + G) + half_pull[i] + instant + residual_capacity;
      for (uint64_t k = 0, at = i; k < poles; k++, at += chambers) drive += layer_pull[at] * (layer[at] - T);
      const double inverse = 1 / (stiffness + C), first = drive * inverse, bend = 0.5 * dC * first * inverse;
      const double dT = first * (1 - bend * (1 - bend * (1 - bend)));
      const double mid = T + 0.5 * dT, after = T + dT, Ta = reference + after;
      const double b_after = b + dT * (db + 0.5 * dT * b2);
      const double p_after = nR * Ta * density * (1 + b_after * density);
      double to_layers = instant * (after - instant_layer[i]), spread = 0;
      instant_layer[i] = after;
      for (uint64_t k = 0, at = i; k < poles; k++, at += chambers) {
        const double change = approach[k] * (mid - layer[at]);
        layer[at] += change;
        to_layers += layer_capacity[at] * change;
        spread += layer_capacity[at] * pole_time[k] * change * change;
      }
      const double to_wall = G * (mid - wall[i]), per_mid = 1 / (reference + mid);
      const double U = energy[i] - 0.5 * (p + p_after) * dv - to_layers - to_wall + minor_heat[i] - D;
      energy[i] = U;
      volume[i] = v;
      pressure[i] = p_after;
      pending[i] = spread * per_step * per_mid;
      const double d = after - centre[i];
      if (d > limit || d < -limit) exit(3);
      const double db_after = w[1] + d * w[2];
      const double stored = c[0] + d * (c[1] + d * (0.5 * c[2] + d * c[3] * (1.0 / 6))) - nR * Ta * Ta * db_after * density;
      temperature[i] = after + (U - stored) / (c[1] + d * c[2] + residual_capacity);
      const double wall_before = wall[i];
      const double chip_to_wall = chip_step * (chip[i] - wall_before), wall_to_room = room_step * (wall_before - room);
      const double chip_heat = dt * chip_power[i];
      wall[i] = wall_before + (to_wall + second_order + friction_heat[i] + chip_to_wall - wall_to_room) * per_wall;
      chip[i] += (chip_heat - chip_to_wall) * per_chip;
      const double drive_work = -0.5 * scalar[POWER_FACTOR] * (p + p_after) * piston_move[i];
      const double chip_absolute = reference + chip[i], per_both = 1 / ((reference + wall_before) * chip_absolute);
      const double per_wall_absolute = per_both * chip_absolute;
      driven += drive_work;
      chip_in += chip_heat;
      to_room += wall_to_room;
      thermal += second_order;
      of_thermal += (second_order + to_wall * (mid - wall_before) * per_mid) * per_wall_absolute;
      of_viscous += friction_heat[i] * per_wall_absolute;
      of_minor += minor_heat[i] * per_mid;
      of_room += wall_to_room * (wall_before - room) * per_room * per_wall_absolute;
      of_chip += chip_to_wall * (chip[i] - wall_before) * per_both;
      const double deviation = p_after - offset[i];
      sum_cos[i] += deviation * cos;
      sum_sin[i] += deviation * sin;
      sum_p[i] += p_after;
      sum_t[i] += after;
      sum_drive[i] += drive_work;
      sum_wall[i] += to_wall + second_order;
      sum_friction[i] += friction_heat[i];
      sum_minor[i] += minor_heat[i];
    }
    drive_total += driven;
    chip_total += chip_in;
    room_total += to_room;
    thermal_total += thermal;
    entropy_thermal += of_thermal;
    entropy_viscous += of_viscous;
    entropy_minor += of_minor;
    entropy_room += of_room;
    entropy_chip += of_chip;
  }
  totals[0] += drive_total;
  totals[13] += fabs(drive_total);
  totals[1] += chip_total;
  totals[2] += room_total;
  totals[5] += thermal_total;
  totals[6] += entropy_thermal;
  totals[7] += entropy_viscous;
  totals[8] += entropy_minor;
  totals[9] += entropy_room;
  totals[10] += entropy_chip;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  const uint64_t rounds = strtoull(argv[3], 0, 10), steps = strtoull(argv[4], 0, 10);
  file = fopen(argv[1], "rb");
  if (!file) return 2;
  read_all(rounds * steps);
  for (uint64_t r = 0, n = 0; r < rounds; r++) {
    const double start = now();
    for (uint64_t m = 0; m < steps; m++, n++) {
      kick();
      move(n);
      step_chambers(n);
    }
    printf("%.9f\n", now() - start);
  }
  FILE *out = fopen(argv[2], "wb");
  if (!out) return 2;
  fwrite(pressure, 8, chambers, out);
  fwrite(temperature, 8, chambers, out);
  fwrite(energy, 8, chambers, out);
  fwrite(flow, 8, ducts, out);
  fwrite(totals, 8, 17, out);
  fclose(out);
  return 0;
}
