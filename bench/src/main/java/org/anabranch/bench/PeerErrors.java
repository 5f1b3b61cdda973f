package org.anabranch.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Relative errors of peers' gradients of z' = αz, from lines of JSON with {@code method, tol,
 * alpha, T, rel_dz0, rel_dalpha}; others, and fields beside these, are passed over.
 */
record PeerErrors(Map<String, Map<String, Double>> byMethodAndProblem) {
  static PeerErrors read(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Map<String, Map<String, Double>> errors = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode node = mapper.readTree(line);
      if (node.has("rel_dz0") && node.has("rel_dalpha")) {
        String title =
            String.format(
                Locale.ROOT, "%s, %.0e", node.get("method").asText(), node.get("tol").asDouble());
        double error = Math.max(node.get("rel_dz0").asDouble(), node.get("rel_dalpha").asDouble());
        errors
            .computeIfAbsent(title, key -> new LinkedHashMap<>())
            .put(problem(node.get("alpha").asDouble(), node.get("T").asDouble()), error);
      }
    }
    return new PeerErrors(errors);
  }

  /** What a row is called. */
  static String problem(double rate, double end) {
    return String.format(Locale.ROOT, "%s, %s", rate, end).replaceAll("\\.0$", "");
  }

  String table(List<Double> rates, List<Double> ends) {
    Set<String> methods = new LinkedHashSet<>(byMethodAndProblem.keySet());
    Map<String, List<Double>> rows = new LinkedHashMap<>();
    for (double rate : rates) {
      for (double end : ends) {
        String problem = problem(rate, end);
        List<Double> row = new ArrayList<>();
        byMethodAndProblem.values().forEach(of -> row.add(of.getOrDefault(problem, Double.NaN)));
        rows.put(problem, row);
      }
    }
    return markdown("α, T", List.copyOf(methods), rows);
  }

  /** Rows of figures: whole numbers from 1 on as they are, others with two digits. */
  static String markdown(String first, List<String> titles, Map<String, List<Double>> rows) {
    StringBuilder table = new StringBuilder("| " + first + " | " + String.join(" | ", titles));
    table.append(" |\n|---|").append("---:|".repeat(titles.size())).append('\n');
    rows.forEach(
        (name, figures) -> {
          table.append("| ").append(name).append(" |");
          figures.forEach(figure -> table.append(' ').append(shown(figure)).append(" |"));
          table.append('\n');
        });
    return table.toString();
  }

  private static String shown(double figure) {
    if (figure == Math.rint(figure)) {
      return String.valueOf((long) figure);
    }
    return Double.isNaN(figure) ? "-" : String.format(Locale.ROOT, "%.1e", figure);
  }
}
