package org.anabranch.solver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The methods of stochastic equations that a user chooses by name. */
final class StochasticMethodNames {
  private static final Map<String, StochasticMethod> METHODS = methods();

  private StochasticMethodNames() {}

  private static Map<String, StochasticMethod> methods() {
    Map<String, StochasticMethod> methods = new LinkedHashMap<>();
    PublishedStochasticMethods.all().forEach(method -> methods.put(method.name(), method));
    return methods;
  }

  static List<String> all() {
    return List.copyOf(METHODS.keySet());
  }

  static StochasticMethod method(String name) {
    StochasticMethod method = METHODS.get(name);
    if (method == null) {
      throw MethodNames.unknown("Stochastic method", name, all());
    }
    return method;
  }
}
