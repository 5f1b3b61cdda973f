package org.anabranch.graph;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a graph asks of a machine for each sample, counted as it stands, before any fusion. Shared
 * values are computed once a tile and stay in cache; they count among {@code shared} only.
 *
 * @param bytesRead of values for each sample, by every operation that reads them
 * @param bytesWritten of results for each sample
 * @param multiplyAdds in products and in sums of products over rows
 * @param elementwise other arithmetic: functions, choices, sums, roundings; copies are none
 * @param transcendental those among them that are no single instruction, by function
 * @param shared components of shared results, a tile
 * @param parameters numbers in the parameters that are read
 */
public record Cost(
    long bytesRead,
    long bytesWritten,
    long multiplyAdds,
    long elementwise,
    Map<UnaryFunction, Long> transcendental,
    long shared,
    long parameters) {
  public Cost {
    transcendental =
        transcendental.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(transcendental));
  }

  /** A table for people. */
  @Override
  public String toString() {
    String calls =
        transcendental.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> e.getValue() + " " + e.getKey().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        """
        a sample: %,d multiply-adds in products
                  %,d element-wise operations%s
                  %,d bytes read, %,d bytes written
        a tile:   %,d components of shared values
                  %,d parameters
        """,
        multiplyAdds,
        elementwise,
        calls.isEmpty() ? "" : ", of them " + calls,
        bytesRead,
        bytesWritten,
        shared,
        parameters);
  }
}
