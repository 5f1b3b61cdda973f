package org.anabranch.solver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The methods that a user chooses by name. */
final class MethodNames {
  /** λ of coupled methods chosen by name: undone over 2200 steps, stable for h·rate below 0.01. */
  private static final double COUPLING = 0.99;

  private static final Map<String, Supplier<Method>> WITHOUT_TABLEAU = withoutTableau();

  private MethodNames() {}

  private static Map<String, Supplier<Method>> withoutTableau() {
    Map<String, Supplier<Method>> methods = new LinkedHashMap<>();
    methods.put("rodas4", Method::rodas4);
    methods.put("alf", Method::alf);
    methods.put("leapfrog", () -> Method.leapfrog(true));
    methods.put("symplectic-euler", () -> Method.symplecticEuler(true));
    return methods;
  }

  /** Those of a tableau, once one is asked for: all tableaux take 25 ms of a program's start. */
  private static final class OfTableaux {
    private static final Map<String, Supplier<Method>> EXPLICIT = new LinkedHashMap<>();
    private static final Map<String, Supplier<Method>> COUPLED = new LinkedHashMap<>();

    static {
      for (Tableau tableau : PublishedTableaux.all()) {
        EXPLICIT.put(tableau.name(), () -> Method.explicit(tableau));
        Method coupled = Method.reversible(tableau, COUPLING);
        COUPLED.put(coupled.name(), () -> coupled);
      }
    }
  }

  static List<String> all() {
    List<String> names = new ArrayList<>(OfTableaux.EXPLICIT.keySet());
    names.addAll(WITHOUT_TABLEAU.keySet());
    names.addAll(OfTableaux.COUPLED.keySet());
    return List.copyOf(names);
  }

  static Method method(String name) {
    Supplier<Method> method = WITHOUT_TABLEAU.get(name);
    if (method == null) {
      method = OfTableaux.EXPLICIT.get(name);
    }
    if (method == null) {
      method = OfTableaux.COUPLED.get(name);
    }
    if (method == null) {
      throw unknown("Method", name, all());
    }
    return method.get();
  }

  static Tableau tableau(String name) {
    List<Tableau> known = PublishedTableaux.all();
    return known.stream()
        .filter(tableau -> tableau.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown("Tableau", name, known.stream().map(Tableau::name).toList()));
  }

  static IllegalArgumentException unknown(String what, String name, List<String> known) {
    String nearest =
        known.stream().min(Comparator.comparingInt(other -> edits(name, other))).orElseThrow();
    return new IllegalArgumentException(
        "%s: none is called '%s'; did you mean '%s'? Known are %s."
            .formatted(what, name, nearest, String.join(", ", known)));
  }

  /** The insertions, deletions and replacements between two words (Levenshtein 1965). */
  private static int edits(String from, String to) {
    List<Integer> row = new ArrayList<>();
    for (int j = 0; j <= to.length(); j++) {
      row.add(j);
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row.get(0);
      row.set(0, i);
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row.get(j);
        row.set(j, Math.min(replaced, 1 + Math.min(diagonal, row.get(j - 1))));
      }
    }
    return row.get(to.length());
  }
}
