/** What code of a prompt reads its variables with, by the rules of our templates. */
export const pythonHelpers = `MISSING = object()


def find(name, frames):
    """The value of a name or path, looked for from the innermost item outwards."""
    if name == ".":
        return frames[-1]
    first, *rest = name.split(".")
    value = next((frame[first] for frame in reversed(frames) if isinstance(frame, dict) and first in frame), MISSING)
    for key in rest:
        value = value.get(key, MISSING) if isinstance(value, dict) else MISSING
    return value


def read(name, frames):
    value = find(name, frames)
    if value is MISSING:
        raise KeyError(f"The variable {name!r} has no value")
    return value


def to_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def text(value):
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return joined(value, ",")
    return "" if value is None else to_json(value)


def joined(value, separator):
    return separator.join(to_json(item) if isinstance(item, list) else text(item) for item in items(value))


def items(value):
    if isinstance(value, list):
        return value
    is_empty = value is MISSING or value is None or value is False or value == 0 or value == ""
    return [] if is_empty else [value]


def or_else(value, other):
    return other if value is MISSING else value
`;
