package org.anabranch.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls of a graph, those of one body on the same arguments together. A reverse sweep visits a
 * site when it comes to the first of its calls: every reader of every other call is behind it then.
 */
final class CallSites {
  private record Site(Graph graph, List<Value> arguments) {}

  private final Map<Site, List<Value>> sites = new HashMap<>();

  CallSites(List<Value> order) {
    for (Value value : order) {
      if (value.operation() instanceof Call call) {
        sites.computeIfAbsent(site(call), s -> new ArrayList<>()).add(value);
      }
    }
  }

  private static Site site(Call call) {
    return new Site(call.graph(), call.arguments());
  }

  /** The calls of the site that a call is the first of; none for another. */
  List<Value> startedBy(Value value, Call call) {
    List<Value> calls = sites.getOrDefault(site(call), List.of());
    return !calls.isEmpty() && calls.get(0) == value ? calls : List.of();
  }
}
