package org.anabranch.bench;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the time of the solving threads went.
 *
 * @param title what ran
 * @param samples of the solving threads, one every period of each while it ran Java code
 * @param expected samples, had none been lost
 * @param times what the samples were busy with, and how many
 * @param exact whether the compiler kept, for every instruction, which method it is of
 */
record Profile(
    String title, long samples, long expected, Map<TimeKind, Long> times, boolean exact) {
  private static final int METHODS = 15;

  Profile {
    times = Map.copyOf(times);
  }

  /** Samples of each kind, the most first. */
  Map<String, Long> kinds() {
    Map<String, Long> sums =
        times.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    entry -> entry.getKey().kind(), Collectors.summingLong(Map.Entry::getValue)));
    Map<String, Long> sorted = new LinkedHashMap<>();
    mostFirst(sums, Comparator.naturalOrder())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  String markdown() {
    StringBuilder text = new StringBuilder(title).append("\n\n");
    text.append("| time goes to | samples | share |\n|---|---:|---:|\n");
    kinds().forEach((kind, count) -> text.append(row(kind, count)));
    text.append(row("all", samples));
    text.append("\n| method | of | samples | share |\n|---|---|---:|---:|\n");
    Comparator<TimeKind> byName = Comparator.comparing(TimeKind::method);
    mostFirst(times, byName.thenComparing(TimeKind::kind)).stream()
        .limit(METHODS)
        .forEach(
            entry ->
                text.append(
                    row(
                        entry.getKey().method() + " | " + entry.getKey().kind(),
                        entry.getValue())));
    text.append(
        "\n%d samples of at most %d: the sampler can be late, or not know what calls what it met.\n"
            .formatted(samples, expected));
    if (!exact) {
      text.append(
          "Inexact: methods inlined into one loop can stand for each other. submit/anabranch adds"
              + " -XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints, which this Java was not given.\n");
    }
    return text.toString();
  }

  private String row(String name, long count) {
    return String.format(
        Locale.ROOT, "| %s | %d | %.1f %% |%n", name, count, 100.0 * count / samples);
  }

  /** Sorted by count; what has the same count, by name. */
  private static <K> List<Map.Entry<K, Long>> mostFirst(Map<K, Long> counts, Comparator<K> names) {
    Comparator<Map.Entry<K, Long>> byCount = Map.Entry.<K, Long>comparingByValue().reversed();
    return counts.entrySet().stream()
        .sorted(byCount.thenComparing(Map.Entry.comparingByKey(names)))
        .toList();
  }
}
