"""Makes e2e/golden/machines.json: pumps by curve with coolers, and make-up through mixing chambers, solved by SciPy, as golden values
for src/engine/pressure-control/headers/machines.physics.test.ts. Own implementation of every equation; nothing of the twin is used.

Run: python3 e2e/golden/machines.py   (needs SciPy; Debian: apt-get install python3-scipy)

Vessels and valves as in vessels.py. Pump i at speed s: a0 s^2 - a2 Q^2 = p_supply - p_return + r Q^2, inlet flow Q at the return header.
Compression to p_supply + r <Q^2> (mean weighted by flow) in N equal stages: isentropic work over the best efficiency, s(T2) - s(T1) =
R ln(ratio); a counterflow cooler before the first stage and after each, of 1/(N + 1) of UA and coolant: effectiveness by transfer units
with the mean heat capacity between coolant and gas. Shaft power of a pump: work x density x s Q_best/(2 - Q/(s Q_best)).
"""
import json
import math
import os

import numpy as np
import scipy
from scipy.integrate import solve_ivp
from scipy.optimize import brentq, fsolve
from vessels import GASES, NAMES, R, cp, fill, flow, rounded, state, u

ROOM = 300.0


def entropy(gas, T):
    """Integral of cp/T from 300 K."""
    a = GASES[gas][1]

    def S(t):
        return R * (-a[0] / (2 * t * t) - a[1] / t + a[2] * math.log(t) + a[3] * t + a[4] * t**2 / 2 + a[5] * t**3 / 3 + a[6] * t**4 / 4)

    return S(T) - S(300.0)


def h(x, T):
    return sum(v * (u(g, T) + R * T) for g, v in zip(NAMES, x))


def cooled(x, T, n, ua, coolant):
    if n <= 0 or abs(T - ROOM) < 1e-9:
        return ROOM
    c_gas = n * (h(x, T) - h(x, ROOM)) / (T - ROOM)
    least, most = min(c_gas, coolant), max(c_gas, coolant)
    N, c = ua / least, least / most
    e = (1 - math.exp(-N * (1 - c))) / (1 - c * math.exp(-N * (1 - c))) if c < 1 - 1e-9 else N / (1 + N)
    return T - e * least * (T - ROOM) / c_gas


def compress(m, x, T, p1, p2, n, coolant_share):
    N = m["stages"]
    ratio = max(1.0, p2 / p1) ** (1 / N)
    ua, coolant = m["coolerConductance"] / (N + 1), coolant_share * m["coolant"] / (N + 1)
    work, hottest, inlet = 0.0, T, cooled(x, T, n, ua, coolant)
    for _ in range(N):
        s = lambda t: sum(v * (entropy(g, t) - entropy(g, inlet)) for g, v in zip(NAMES, x)) - R * math.log(ratio)
        end = brentq(s, inlet * 0.9, inlet * 20, xtol=1e-12)
        w = (h(x, end) - h(x, inlet)) / m["efficiency"]
        hot = brentq(lambda t: h(x, t) - h(x, inlet) - w, inlet * 0.9, inlet * 40, xtol=1e-12)
        work, hottest, inlet = work + w, max(hottest, hot), cooled(x, hot, n, ua, coolant)
    return work, hottest, inlet


def pump_flows(m, speeds, head):
    q = []
    for s in speeds:
        drive = m["shutOff"] * s * s - head
        q.append(min(math.sqrt(drive / (m["curvature"] + m["resistance"])), s * math.sqrt(m["shutOff"] / m["curvature"])) if drive > 0 else 0.0)
    return q


def machine_point(m, back, supply, coolant_share):
    """Flow mol/s, gas work per mole, outlet and discharge temperature, shaft power."""
    density = back["p"] / (R * back["T"])
    q = pump_flows(m, m["speeds"], supply["p"] - back["p"])
    total = sum(q)
    n = density * total
    loss = m["resistance"] * sum(v**3 for v in q) / total if total > 0 else 0.0
    work, hottest, outlet = compress(m, back["x"], back["T"], back["p"], supply["p"] + loss, n, coolant_share)
    power = sum(work * density * s * m["bestFlow"] / (2 - v / (s * m["bestFlow"])) for s, v in zip(m["speeds"], q) if s > 0)
    return n, work, outlet, hottest, power


def pumps(coolant_share):
    m = {
        "shutOff": 1.6e6, "bestFlow": 0.02, "bestPressure": 1.1e6, "efficiency": 0.7, "speeds": [0.97, 0.97, 0.9, 0.0],
        "stages": 5, "coolerConductance": 300.0, "coolant": 400.0, "loss": 3e4,
    }
    m["curvature"] = (m["shutOff"] - m["bestPressure"]) / m["bestFlow"] ** 2
    m["resistance"] = m["loss"] / m["bestFlow"] ** 2
    V, area = [0.5, 0.8, 0.02], [2.4e-5, 9e-5]
    x = [0.4, 0.6]
    starts = [(1.1e6, 300.0), (3e4, 310.0), (3e5, 320.0)]

    def parts(y):
        return [state(y[3 * k : 3 * k + 2], y[3 * k + 2], V[k]) for k in range(3)]

    def rhs(_, y):
        supply, back, chamber = parts(y)
        f = flow(supply, chamber["p"], area[0])
        g = flow(chamber, back["p"], area[1])
        n, _, outlet, _, _ = machine_point(m, back, supply, coolant_share)
        into = lambda b, k: [k * v for v in b["x"]] + [k * b["h"]]
        a, b = into(supply, f), into(chamber, g)
        c, d = into(back, n), [n * v for v in back["x"]] + [n * h(back["x"], outlet)]
        return [d[i] - a[i] for i in range(3)] + [b[i] - c[i] for i in range(3)] + [a[i] - b[i] for i in range(3)]

    y0 = sum((fill(p, T, x, V[k]) for k, (p, T) in enumerate(starts)), [])
    times = [0.5, 1, 2, 4, 8, 15, 30, 60, 120, 400]
    s = solve_ivp(rhs, (0, times[-1]), y0, method="LSODA", t_eval=times, rtol=1e-10, atol=1e-10)
    assert s.success
    points = [parts(c) for c in s.y.T]
    machine = [machine_point(m, b, a, coolant_share) for a, b, _ in points]
    # The steady state on its own: no rates, the amounts of the start.
    amounts = [sum(y0[3 * k + i] for k in range(3)) for i in range(2)]

    def residual(z):
        y = np.array([z[0], z[1], z[2], z[3], z[4], z[5], amounts[0] - z[0] - z[3], amounts[1] - z[1] - z[4], z[6]])
        r = rhs(0, y)
        return [r[0], r[1], r[2] / 1e3, r[3], r[4], r[5] / 1e3, r[8] / 1e3]

    last = s.y.T[-1]
    root, _, ok, text = fsolve(residual, [*last[:6], last[8]], full_output=True, xtol=1e-13)
    assert ok == 1, text
    steady = parts([*root[:6], amounts[0] - root[0] - root[3], amounts[1] - root[1] - root[4], root[6]])
    end = machine_point(m, steady[1], steady[0], coolant_share)
    return {
        "machines": m, "volumes_m3": V, "effectiveAreas_m2": area, "x": x, "starts": starts, "coolantShare": coolant_share, "time_s": times,
        "pressure_Pa": [[q[k]["p"] for q in points] for k in range(3)], "temperature_K": [[q[k]["T"] for q in points] for k in range(3)],
        "flow_mol_per_s": [q[0] for q in machine], "outlet_K": [q[2] for q in machine], "discharge_K": [q[3] for q in machine],
        "power_W": [q[4] for q in machine],
        "steady": {
            "pressure_Pa": [q["p"] for q in steady], "temperature_K": [q["T"] for q in steady], "flow_mol_per_s": end[0],
            "outlet_K": end[2], "discharge_K": end[3], "power_W": end[4],
        },
    }


def make_up():
    """Supply drawn off through a valve, refilled through mixing chambers that still hold the gas of before."""
    V, area, set_, band, tau = 0.2, 5e-6, 1e6, 0.02, 0.02
    mixer_volume, sink = 0.05, 1e4
    old, new = [0.9, 0.1], [0.2, 0.8]
    amount = set_ * mixer_volume / (R * ROOM)
    gain = V / (R * ROOM * tau)

    def rhs(_, y):
        a = state(y[:2], y[2], V)
        f = flow(a, sink, area)
        into = gain * max(0.0, (1 - band) * set_ - a["p"])
        x = y[3:5]
        return [into * x[0] - f * a["x"][0], into * x[1] - f * a["x"][1], into * h(x, ROOM) - f * a["h"],
                into / amount * (new[0] - x[0]), into / amount * (new[1] - x[1])]

    times = [1, 5, 10, 20, 40, 80, 160]
    y0 = fill((1 - band) * set_, ROOM, old, V) + list(old)
    s = solve_ivp(rhs, (0, times[-1]), y0, method="LSODA", t_eval=times, rtol=1e-10, atol=1e-12, max_step=0.5)
    assert s.success
    states = [state(c[:2], c[2], V) for c in s.y.T]
    return {
        "volume_m3": V, "effectiveArea_m2": area, "set_Pa": set_, "band": band, "regulator_s": tau, "mixerVolume_m3": mixer_volume,
        "sink_Pa": sink, "before": old, "store": new, "time_s": times, "pressure_Pa": [a["p"] for a in states],
        "temperature_K": [a["T"] for a in states], "heliumSupply": [a["x"][1] for a in states], "heliumMixer": [float(c[4]) for c in s.y.T],
    }


if __name__ == "__main__":
    cases = {"pumps": pumps(1.0), "halfCoolant": pumps(0.3), "makeUp": make_up()}
    out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "machines.json")
    with open(out, "w") as file:
        json.dump(rounded({"program": f"SciPy {scipy.__version__}, LSODA rtol 1e-10", "gases": NAMES, "cases": cases}), file)
        file.write("\n")
    for name, c in cases.items():
        print(name, {k: v for k, v in c.items() if k in ("pressure_Pa", "temperature_K", "outlet_K", "discharge_K", "power_W", "steady", "heliumSupply", "heliumMixer", "flow_mol_per_s")})
