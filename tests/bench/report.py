"""Tables of the results."""


def ratio(results, name, floor, unit):
    return f"{results[name][unit] / results[floor][unit]:.2f}" if floor in results else ""


def table(workload, results):
    """All contestants of a workload, as text."""
    lines = [f"{workload:42}{'ms':>10}{'× no-op':>9}{'CPU ms':>10}{'× no-op':>9}{'rounds':>8}  equal"]
    for name, it in results.items():
        equal = {True: "yes", False: "NO", None: ""}[it["equal"]]
        lines.append(f"  {name:40}{it['ms']:10.1f}{ratio(results, name, 'no-op', 'ms'):>9}"
                     f"{it['cpu_ms']:10.1f}{ratio(results, name, 'no-op', 'cpu_ms'):>9}"
                     f"{it['rounds']:8}  {equal}")
    return "\n".join(lines)
