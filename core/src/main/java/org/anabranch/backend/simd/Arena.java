package org.anabranch.backend.simd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.graph.Accumulation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Value;

/**
 * Places for a program's inner values in two arrays, one for each kind of storage. A place is used
 * again once every reader of its value has run, so the arena is as large as the widest moment of
 * the program and not as the sum of its values.
 */
final class Arena {
  private final Map<Value, Place> places = new IdentityHashMap<>();
  private final long bytes;

  private Arena(long bytes) {
    this.bytes = bytes;
  }

  /** Where each value will lie, before anything is reserved. */
  record Plan(
      WorkingPrecision precision, Map<Value, Integer> offsets, int rows, int floats, int doubles) {
    Arena reserve(Storage storage) {
      Arena arena = new Arena(bytes());
      Storage.Floats single = storage.floats(floats);
      Storage.Doubles wide = storage.doubles(doubles);
      offsets.forEach(
          (value, offset) ->
              arena.places.put(
                  value,
                  precision.isDouble(value.type())
                      ? Place.of(value.type(), wide.array(), wide.offset() + offset, length(value))
                      : Place.of(
                          value.type(), single.array(), single.offset() + offset, length(value))));
      return arena;
    }

    private int length(Value value) {
      return Layout.length(value.type(), rows);
    }

    long bytes() {
      return 4L * floats + 8L * doubles;
    }
  }

  /** Finds places for the values of a graph, each written when its turn comes. */
  static Plan plan(WorkingPrecision precision, Graph graph, Fusion fusion, int rows) {
    List<Value> order = graph.order();
    Map<Value, Integer> lastUse = lastUses(graph, fusion);
    Space floats = new Space();
    Space doubles = new Space();
    Map<Value, Integer> offsets = new IdentityHashMap<>();
    Map<Integer, List<Value>> ending = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      Value value = order.get(i);
      if (fusion.placed().contains(value)) {
        Space space = precision.isDouble(value.type()) ? doubles : floats;
        offsets.put(value, space.take(Layout.length(value.type(), rows)));
        int last = lastUse.getOrDefault(value, i);
        ending.computeIfAbsent(last, k -> new ArrayList<>()).add(value);
      }
      for (Value done : ending.getOrDefault(i, List.of())) {
        Space space = precision.isDouble(done.type()) ? doubles : floats;
        Integer offset = offsets.get(done);
        if (offset != null) {
          space.give(offset, Layout.length(done.type(), rows));
        }
      }
    }
    return new Plan(precision, offsets, rows, floats.size(), doubles.size());
  }

  private static Map<Value, Integer> lastUses(Graph graph, Fusion fusion) {
    Map<Value, Integer> lastUse = new IdentityHashMap<>();
    List<Value> order = graph.order();
    for (int i = 0; i < order.size(); i++) {
      for (Value operand : order.get(i).operation().operands()) {
        read(operand, i, fusion, lastUse);
      }
    }
    // Outputs are copied and terms added after everything else.
    graph.outputs().values().forEach(value -> read(value, order.size(), fusion, lastUse));
    for (Accumulation term : graph.accumulations()) {
      read(term.term(), order.size(), fusion, lastUse);
    }
    return lastUse;
  }

  /** Notes that a value is read, and what a reader reads that looks through it. */
  private static void read(Value value, int when, Fusion fusion, Map<Value, Integer> lastUse) {
    lastUse.put(value, when);
    if (fusion.lookedThrough().contains(value)) {
      for (Value operand : value.operation().operands()) {
        if (fusion.skipped().contains(operand)) {
          read(operand, when, fusion, lastUse);
        } else {
          lastUse.put(operand, when);
        }
      }
    }
  }

  Map<Value, Place> places() {
    return places;
  }

  long bytes() {
    return bytes;
  }

  /** Free ranges of one array that grows as needed: first fit. */
  private static final class Space {
    private final List<int[]> free = new ArrayList<>();
    private int size;

    int take(int length) {
      for (int i = 0; i < free.size(); i++) {
        int[] range = free.get(i);
        if (range[1] >= length) {
          int offset = range[0];
          range[0] += length;
          range[1] -= length;
          if (range[1] == 0) {
            free.remove(i);
          }
          return offset;
        }
      }
      int offset = size;
      size = Math.addExact(size, length);
      return offset;
    }

    void give(int offset, int length) {
      for (int[] range : free) {
        if (range[0] == offset + length) {
          range[0] = offset;
          range[1] += length;
          return;
        }
        if (range[0] + range[1] == offset) {
          range[1] += length;
          return;
        }
      }
      free.add(new int[] {offset, length});
    }

    int size() {
      return size;
    }
  }
}
