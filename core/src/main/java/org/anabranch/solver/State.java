package org.anabranch.solver;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Type;

/** A method's state for every sample of a tile: its parts by name. */
public final class State {
  private final Map<String, Buffer> parts;

  private State(Map<String, Buffer> parts) {
    this.parts = Collections.unmodifiableMap(parts);
  }

  /** New storage, zero at first. */
  public static State allocate(Backend backend, Map<String, Type> types, int rows) {
    Map<String, Buffer> parts = new LinkedHashMap<>();
    types.forEach((name, type) -> parts.put(name, backend.buffer(type, rows)));
    return new State(parts);
  }

  public Map<String, Buffer> parts() {
    return parts;
  }

  /** The part of a name. */
  public Buffer part(String name) {
    Buffer part = parts.get(name);
    if (part == null) {
      throw new IllegalArgumentException(
          "State: no part is called '%s'. Known are %s.".formatted(name, parts.keySet()));
    }
    return part;
  }

  /** Takes another state's numbers. Allocates nothing worth naming: one iterator. */
  public void copyFrom(State other) {
    for (Map.Entry<String, Buffer> entry : parts.entrySet()) {
      entry.getValue().copyFrom(other.part(entry.getKey()));
    }
  }

  /** Takes one sample's numbers of another state, which may have other rows. */
  public void copyRow(int row, State other, int otherRow) {
    for (Map.Entry<String, Buffer> entry : parts.entrySet()) {
      entry.getValue().copyRow(row, other.part(entry.getKey()), otherRow);
    }
  }

  /** The bytes reserved. */
  public long bytes() {
    return parts.values().stream().mapToLong(Buffer::bytes).sum();
  }
}
