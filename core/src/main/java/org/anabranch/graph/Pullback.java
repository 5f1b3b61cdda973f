package org.anabranch.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A vector-Jacobian product as expressions of a graph's values and of the given cotangents.
 *
 * @param cotangents of the inputs asked for, by name, in working precision; zeros where the outputs
 *     do not depend on one
 * @param accumulations the terms of the parameters' cotangents, last use first
 */
public record Pullback(Map<String, Value> cotangents, List<Accumulation> accumulations) {
  /**
   * The same at a point.
   *
   * @param inputs what the expressions are of
   * @param arguments what stands for each of them, by name
   */
  public Pullback at(List<Value> inputs, Map<String, Value> arguments) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    cotangents.forEach((name, value) -> outputs.put("d " + name, value));
    for (int i = 0; i < accumulations.size(); i++) {
      outputs.put("term " + i, accumulations.get(i).term());
    }
    Graph at = Graph.of("pullback.at", inputs, outputs);
    Map<String, Value> results = at.apply(arguments);
    Map<String, Value> here = new LinkedHashMap<>();
    cotangents.keySet().forEach(name -> here.put(name, value(results, "d " + name)));
    List<Accumulation> terms = new ArrayList<>();
    for (int i = 0; i < accumulations.size(); i++) {
      String parameter = accumulations.get(i).parameter();
      terms.add(new Accumulation(parameter, value(results, "term " + i)));
    }
    return new Pullback(here, terms);
  }

  private static Value value(Map<String, Value> results, String name) {
    Value value = results.get(name);
    if (value == null) {
      throw new AssertionError("no result is called " + name);
    }
    return value;
  }
}
