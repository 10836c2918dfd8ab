"""Makes e2e/golden/thermal.json: chips, walls, gas, duct metal and room of two chambers as an RC network in ngspice, as golden
values for src/engine/cooling/thermal-network.physics.test.ts. 1 V = 1 K above the room, 1 A = 1 W, 1 F = 1 J/K, 1 Ohm = 1 K/W.
Every conductance and capacity is computed here from geometry and the sources named, nothing of the twin is used.

Run: python3 e2e/golden/thermal.py   (needs ngspice; Debian: apt-get install ngspice)
"""
import json
import math
import os
import re
import subprocess
import tempfile

R = 8.314462618
CASE = {  # the twin's parameters
    "powers_W": [40.0, 10.0], "chipCapacity": 20.0, "chipConductance": 5.0, "thickness_m": 0.0005, "spacing_m": 0.1474,
    "ductRadius_m": 0.02, "ductThickness_m": 0.002, "volume_m3": 1e-3, "pressure_Pa": 101325.0, "room_K": 300.0,
    "circulation_m3_per_s": 1000.0, "face_m2": 30.0, "blockShare": 0.09, "emissivity": 0.2,
}
c = CASE
a = (3 * c["volume_m3"] / (4 * math.pi)) ** (1 / 3)
outer = a + c["thickness_m"]
# Ti-6Al-4V: 4430 kg/m3, 526 J/(kg K), 6.7 W/(m K).
wall = 4 / 3 * math.pi * (outer**3 - a**3) * 4430 * 526
length = c["spacing_m"] - 2 * math.sqrt(a**2 - c["ductRadius_m"] ** 2)
metal = 6.7 * math.pi * ((c["ductRadius_m"] + c["ductThickness_m"]) ** 2 - c["ductRadius_m"] ** 2) / length
# Helium at 300 K: 0.1560 W/(m K) (Hands & Arp 1981); Nu = 10 in a sphere: G = 20 pi k a. Monatomic gas of chamber and half duct.
gas = 20 * math.pi * 0.1560 * a
moles = c["pressure_Pa"] * (c["volume_m3"] + 0.5 * math.pi * c["ductRadius_m"] ** 2 * length) / (R * c["room_K"])
gas_capacity = 1.5 * R * moles
# Air at 300 K: Lemmon & Jacobsen 2004; cp 1006 J/(kg K), molar mass 28.9586 g/mol.
eta, lam, cp = 18.523e-6, 26.353e-3, 1006.0
rho = 101325 * 0.0289586 / (R * c["room_K"])
pr = eta * cp / lam
re_ = rho * c["circulation_m3_per_s"] / c["face_m2"] * c["blockShare"] * 2 * outer / eta
forced = 2 + 1.1 * pr ** (1 / 3) * re_**0.6  # Wakao & Kaguei 1982
nu = (forced**3 + 2**3) ** (1 / 3)
radiation = 4 * c["emissivity"] * 5.670374419e-8 * c["room_K"] ** 3
room = (nu * lam / (2 * outer) + radiation) * 4 * math.pi * outer**2

deck = ["chips, walls, gas and room of two chambers"]
for i, power in enumerate(c["powers_W"]):
    deck += [
        f"I{i} 0 chip{i} DC {power}", f"Cc{i} chip{i} 0 {c['chipCapacity']} IC=0", f"Rc{i} chip{i} wall{i} {1 / c['chipConductance']}",
        f"Cw{i} wall{i} 0 {wall} IC=0", f"Rr{i} wall{i} 0 {1 / room}", f"Rg{i} wall{i} gas{i} {1 / gas}", f"Cg{i} gas{i} 0 {gas_capacity} IC=0",
    ]
deck += [f"Rm wall0 wall1 {1 / metal}", ".options reltol=1e-7 abstol=1e-12 vntol=1e-10 trtol=1"]
times = [2.0, 5.0, 10.0, 20.0, 40.0, 80.0]
control = [".control", "op", "print chip0 chip1 wall0 wall1"]
control += ["tran 0.01 80 0 0.01 uic"]
for name in ("chip0", "chip1", "wall0", "wall1"):
    control += [f"meas tran {name}_{k} find v({name}) at={t * (1 - 1e-9)}" for k, t in enumerate(times)]
control += [".endc", ".end"]
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "thermal.cir")
    with open(path, "w") as file:
        file.write("\n".join(deck + control) + "\n")
    text = subprocess.run(["ngspice", "-b", path], capture_output=True, text=True, check=False).stdout
version = re.search(r"ngspice-\S+", subprocess.run(["ngspice", "--version"], capture_output=True, text=True, check=True).stdout)


def number(name):
    return float(re.search(rf"^{name}\s*=\s*(\S+)", text, re.M).group(1))


names = ("chip0", "chip1", "wall0", "wall1")
result = {
    "program": version.group(0), "case": CASE, "conductances_W_per_K": {"room": room, "metal": metal, "gas": gas},
    "capacities_J_per_K": {"wall": wall, "gas": gas_capacity}, "steady_K": {n: number(n) for n in names},
    "time_s": times, "transient_K": {n: [number(f"{n}_{k}") for k in range(len(times))] for n in names},
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "thermal.json"), "w") as file:
    json.dump(result, file)
    file.write("\n")
print(json.dumps(result, indent=1))
