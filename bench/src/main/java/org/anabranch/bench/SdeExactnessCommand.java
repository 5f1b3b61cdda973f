package org.anabranch.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anabranch.gradient.GradientMode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code anabranch bench w8b}: how far gradients of a neural SDE are from those of its steps. */
@Command(
    name = "w8b",
    description =
        "Gradients of a neural SDE without stored states, their relative L1 distance from the gradient of the steps taken, as Markdown.",
    mixinStandardHelpOptions = true)
final class SdeExactnessCommand implements Callable<Integer> {
  /** A column: a method, and a mode that is compared with the direct one. */
  private enum Way {
    REVERSIBLE_HEUN("reversible-heun", GradientMode.reversible()),
    REVERSIBLE_HEUN_PLAIN("reversible-heun-plain", GradientMode.reversible()),
    MIDPOINT("midpoint", GradientMode.backsolve()),
    HEUN("heun", GradientMode.backsolve());

    private final String method;

    @SuppressWarnings("ImmutableEnumChecker") // modes are records of numbers
    private final GradientMode mode;

    Way(String method, GradientMode mode) {
      this.method = method;
      this.mode = mode;
    }

    String title() {
      return method + ", " + mode.name();
    }

    double error(int steps) {
      return SdeExactnessProblem.difference(
          SdeExactnessProblem.gradient(method, mode, steps),
          SdeExactnessProblem.gradient(method, GradientMode.direct(), steps));
    }
  }

  @Option(
      names = "--steps",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2,4,8,16,32,64,128,256,512,1024",
      description = "Divisors of 1024; ${DEFAULT-VALUE} without it.")
  private List<Integer> steps = new ArrayList<>();

  @Option(
      names = "--peers",
      paramLabel = "FILE",
      description = "torchsde's figures, a JSON object a line with method, k and rel_l1.")
  private @Nullable Path peers;

  @Option(names = "--json", description = "One line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    for (int count : steps) {
      if (count < 1 || SdeExactnessProblem.FINEST % count != 0) {
        throw new IllegalArgumentException(
            "%d steps: they go over paths of %d intervals. Use a divisor, such as 16."
                .formatted(count, SdeExactnessProblem.FINEST));
      }
    }
    Map<String, Map<Integer, Double>> columns = new LinkedHashMap<>();
    for (Way way : Way.values()) {
      Map<Integer, Double> column = new LinkedHashMap<>();
      steps.forEach(count -> column.put(count, way.error(count)));
      columns.put(way.title(), column);
    }
    if (peers != null) {
      columns.putAll(peers(peers));
    }
    ProgramOutput.print(json ? line(columns) : table(columns));
    return 0;
  }

  private static Map<String, Map<Integer, Double>> peers(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Map<String, Map<Integer, Double>> columns = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode node = mapper.readTree(line);
      if (node.has("rel_l1") && node.has("k")) {
        columns
            .computeIfAbsent(
                "torchsde " + node.path("method").asText(), title -> new LinkedHashMap<>())
            .put(1 << node.get("k").asInt(), node.get("rel_l1").asDouble());
      }
    }
    return columns;
  }

  private static String line(Map<String, Map<Integer, Double>> columns) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("case", "w8b");
    figures.put("errors", columns);
    return Json.line(figures) + "\n";
  }

  private String table(Map<String, Map<Integer, Double>> columns) {
    Map<String, List<Double>> rows = new LinkedHashMap<>();
    for (int count : steps) {
      rows.put(
          String.valueOf(count),
          columns.values().stream().map(c -> c.getOrDefault(count, Double.NaN)).toList());
    }
    return PeerErrors.markdown("steps", List.copyOf(columns.keySet()), rows);
  }
}
