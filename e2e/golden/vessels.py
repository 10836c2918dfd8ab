"""Makes e2e/golden/vessels.json: blowdown of a vessel and equalisation of two, solved by SciPy, as golden values for
src/engine/pressure-control/headers/golden.physics.test.ts. Own implementation of every equation; nothing of the twin is used.

Run: python3 e2e/golden/vessels.py   (needs SciPy; Debian: apt-get install python3-scipy)

Equations, per vessel: dn_k/dt = sum of flows of gas k, dU/dt = sum of (flow x molar enthalpy upstream) - heat to wall,
p V = n R T, U = sum n_k u_k(T); flow n' = CdA p0 / sqrt(R T0 M) * sqrt(2g/(g-1) (r^(2/g) - r^((g+1)/g))), r = max(p/p0, critical).
Heat capacities: NASA-9 (McBride, Zehe & Gordon 2002, NASA/TP-2002-211556), constant below 200 K; g = cp/cv at T0.
"""
import json
import math
import os

import numpy as np
import scipy
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

R = 8.314462618
GASES = {
    "N2": (0.0280134, [2.210371497e4, -3.818461820e2, 6.08273836, -8.530914410e-3, 1.384646189e-5, -9.625793620e-9, 2.519705809e-12]),
    "He": (0.004002602, [0, 0, 2.5, 0, 0, 0, 0]),
}
NAMES = list(GASES)


def cp(gas, T):
    T = max(T, 200.0)
    a = GASES[gas][1]
    return R * sum(a[i] * T ** (i - 2) for i in range(7))


def u(gas, T):
    """Internal energy above 300 K: integral of cp - R, term by term."""
    a = GASES[gas][1]

    def H(t):
        return R * (-a[0] / t + a[1] * math.log(t) + a[2] * t + a[3] * t**2 / 2 + a[4] * t**3 / 3 + a[5] * t**4 / 4 + a[6] * t**5 / 5)

    low = max(T, 200.0)
    return H(low) - H(300.0) + cp(gas, 200.0) * (T - low) - R * (T - 300.0)


def temperature(n, U):
    return brentq(lambda T: sum(x * u(g, T) for g, x in zip(NAMES, n)) - U, 20.0, 2000.0, xtol=1e-13, rtol=1e-14)


def state(n, U, V):
    T = temperature(n, U)
    N = sum(n)
    c = sum(x * cp(g, T) for g, x in zip(NAMES, n)) / N
    M = sum(x * GASES[g][0] for g, x in zip(NAMES, n)) / N
    return {"T": T, "p": N * R * T / V, "x": [v / N for v in n], "g": c / (c - R), "M": M, "h": U / N + R * T}


def flow(up, back, area):
    g = up["g"]
    r = max(back / up["p"], (2 / (g + 1)) ** (g / (g - 1)))
    if r >= 1:
        return 0.0
    return area * up["p"] / math.sqrt(R * up["T"] * up["M"]) * math.sqrt(2 * g / (g - 1) * (r ** (2 / g) - r ** ((g + 1) / g)))


def fill(p, T, x, V):
    n = [p * V / (R * T) * v for v in x]
    return n + [sum(a * u(g, T) for g, a in zip(NAMES, n))]


def solve(rhs, y0, times, scale):
    s = solve_ivp(rhs, (0, times[-1]), y0, method="Radau", t_eval=times, rtol=1e-10, atol=1e-13 * np.array(scale))
    t = solve_ivp(rhs, (0, times[-1]), y0, method="LSODA", t_eval=times, rtol=1e-11, atol=1e-14 * np.array(scale))
    assert s.success and t.success
    print("   Radau against LSODA:", np.max(np.abs(s.y - t.y) / np.array(scale)[:, None]))
    return t.y


def blowdown(wall):
    V, area, back = 1e-3, 0.85 * math.pi * 0.0005**2, 1e5
    start = {"p": 1e6, "T": 300.0, "x": [1.0, 0.0]}

    def rhs(_, y):
        a = state(y[:2], y[2], V)
        f = flow(a, back, area)
        heat = wall["G"] * (a["T"] - y[3]) if wall else 0.0
        return [-f * a["x"][0], -f * a["x"][1], -f * a["h"] - heat, heat / wall["C"] if wall else 0.0]

    times = [0.5 * k for k in range(1, 29)]
    y0 = fill(start["p"], start["T"], start["x"], V) + [300.0]
    y = solve(rhs, y0, times, [0.4, 0.4, 1000, 300])
    states = [state(c[:2], c[2], V) for c in y.T]
    keep = [k for k, a in enumerate(states) if back / a["p"] < 0.98]
    return {
        "volume_m3": V, "effectiveArea_m2": area, "backPressure_Pa": back, "start": start, "wall": wall, "gases": NAMES,
        "time_s": [times[k] for k in keep], "pressure_Pa": [states[k]["p"] for k in keep],
        "temperature_K": [states[k]["T"] for k in keep], "wall_K": [float(y[3][k]) for k in keep],
    }


def tanks():
    V, area = [1e-3, 2e-3], 2e-6
    starts = [{"p": 8e5, "T": 350.0, "x": [1.0, 0.0]}, {"p": 1e5, "T": 280.0, "x": [0.0, 1.0]}]

    def rhs(_, y):
        a, b = state(y[:2], y[2], V[0]), state(y[3:5], y[5], V[1])
        up, back, sign = (a, b["p"], 1) if a["p"] >= b["p"] else (b, a["p"], -1)
        f = sign * flow(up, back, area)
        d = [f * up["x"][0], f * up["x"][1], f * up["h"]]
        return [-v for v in d] + d

    times = [0.1 * k for k in range(1, 41)]
    y0 = fill(starts[0]["p"], 350.0, [1, 0], V[0]) + fill(1e5, 280.0, [0, 1], V[1])
    y = solve(rhs, y0, times, [0.3, 0.3, 1000, 0.3, 0.3, 1000])
    pairs = [(state(c[:2], c[2], V[0]), state(c[3:5], c[5], V[1])) for c in y.T]
    keep = [k for k, (a, b) in enumerate(pairs) if b["p"] / a["p"] < 0.98]
    return {
        "volumes_m3": V, "effectiveArea_m2": area, "starts": starts, "gases": NAMES, "time_s": [times[k] for k in keep],
        "pressure_Pa": [[pairs[k][m]["p"] for k in keep] for m in (0, 1)],
        "temperature_K": [[pairs[k][m]["T"] for k in keep] for m in (0, 1)],
        "heliumFraction": [pairs[k][1]["x"][1] for k in keep],
    }


def rounded(value):
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return float(f"{value:.12g}") if isinstance(value, float) else value


if __name__ == "__main__":
    cases = {"blowdown": blowdown(None), "blowdownWithWall": blowdown({"G": 0.5, "C": 20.0}), "twoTanks": tanks()}
    out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "vessels.json")
    with open(out, "w") as file:
        json.dump(rounded({"program": f"SciPy {scipy.__version__}, LSODA rtol 1e-11", "cases": cases}), file)
        file.write("\n")
    for name, c in cases.items():
        print(name, len(c["time_s"]), "points to", c["time_s"][-1], "s")
