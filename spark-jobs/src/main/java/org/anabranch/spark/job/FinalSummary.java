package org.anabranch.spark.job;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a completed run says last: a few lines out of {@code summary.json}. */
record FinalSummary(Map<String, @Nullable Object> content, String location) {
  private static final int DIGEST_SHOWN = 12;

  /** Lines, each with its end. */
  String text() {
    double seconds = number(content.get("seconds"));
    double samples = number(content.get("samples"));
    Map<?, ?> metrics = content.get("metrics") instanceof Map<?, ?> map ? map : Map.of();
    String test =
        metrics.get("test.accuracy") == null
            ? withoutClasses(metrics)
            : String.format(
                Locale.ROOT,
                "test accuracy %.2f %%, test loss %.4f",
                100 * number(metrics.get("test.accuracy")),
                number(metrics.get("test.loss")));
    String parameters = String.valueOf(content.getOrDefault("parametersSha256", ""));
    return List.of(
            "%s: %s".formatted(content.get("name"), test),
            String.format(
                Locale.ROOT,
                "%s rounds, %.0f samples, %s (%s samples/s)%s",
                content.get("rounds"),
                samples,
                Progress.clock(seconds),
                Progress.quantity(samples / seconds),
                failures()),
            "parameters %s...".formatted(abbreviated(parameters)),
            "results in %s".formatted(location))
        .stream()
        .collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));
  }

  private static String withoutClasses(Map<?, ?> metrics) {
    return metrics.get("test.loss") == null
        ? "no test data"
        : String.format(Locale.ROOT, "test loss %.4f", number(metrics.get("test.loss")));
  }

  private String failures() {
    double failures = number(content.get("failures"));
    return failures == 0
        ? ""
        : String.format(Locale.ROOT, ", %.0f samples failed and were left out", failures);
  }

  private static String abbreviated(String digest) {
    return digest.substring(0, Math.min(DIGEST_SHOWN, digest.length()));
  }

  private static double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : 0;
  }
}
