package org.anabranch.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reverse product of a body as a body of its own: from the body's inputs and cotangents of some
 * outputs to cotangents of some inputs and the terms of parameters.
 *
 * @param product the body of the product
 * @param results by input of the original body, the product's output
 * @param terms a parameter and the product's output for each term
 */
record CallPullback(Graph product, Map<String, String> results, List<Term> terms) {
  record Term(String parameter, String output) {}

  /** What tells one product of a body from another. */
  record Key(Graph body, Map<String, Type> cotangents, List<String> wanted) {}

  static CallPullback of(Key key) {
    Graph body = key.body();
    List<Value> inputs = new ArrayList<>(body.inputs().values());
    Map<String, Value> cotangents = new LinkedHashMap<>();
    key.cotangents()
        .forEach(
            (output, type) -> {
              Value cotangent = Value.input(freshName("c." + output, body), type);
              inputs.add(cotangent);
              cotangents.put(output, cotangent);
            });
    Pullback pullback = Differentiation.pullback(body, cotangents, key.wanted());
    Map<String, Value> outputs = new LinkedHashMap<>();
    Map<String, String> results = new LinkedHashMap<>();
    pullback
        .cotangents()
        .forEach(
            (input, cotangent) -> {
              outputs.put("input " + input, cotangent);
              results.put(input, "input " + input);
            });
    List<Term> terms = new ArrayList<>();
    for (Accumulation term : pullback.accumulations()) {
      String output = "term %d of %s".formatted(terms.size(), term.parameter());
      outputs.put(output, term.term());
      terms.add(new Term(term.parameter(), output));
    }
    return new CallPullback(Graph.of(body.name() + "'", inputs, outputs), results, terms);
  }

  /** A name that is no input of the body. */
  static String freshName(String name, Graph body) {
    String fresh = name;
    while (body.inputs().containsKey(fresh)) {
      fresh += "'";
    }
    return fresh;
  }
}
