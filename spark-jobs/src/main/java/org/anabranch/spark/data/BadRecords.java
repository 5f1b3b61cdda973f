package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The records that were left out: how many of each fault, and the first {@value #KEPT} of them by
 * file and line. Adding commutes and associates, so the report does not depend on partitioning.
 */
public record BadRecords(Map<Fault, Long> counts, List<BadRecord> first) implements Serializable {
  /** So many bad records are kept as rows. */
  public static final int KEPT = 100;

  private static final BadRecords NONE = new BadRecords(Map.of(), List.of());

  public BadRecords {
    Map<Fault, Long> inOrder = new EnumMap<>(Fault.class);
    inOrder.putAll(counts);
    counts = Collections.unmodifiableMap(inOrder);
    first = first.stream().sorted().limit(KEPT).toList();
  }

  public static BadRecords none() {
    return NONE;
  }

  public BadRecords plus(BadRecords other) {
    if (other.counts.isEmpty()) {
      return this;
    }
    Map<Fault, Long> sums = new EnumMap<>(Fault.class);
    sums.putAll(counts);
    other.counts.forEach((fault, count) -> sums.merge(fault, count, Long::sum));
    return new BadRecords(sums, Stream.concat(first.stream(), other.first.stream()).toList());
  }

  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Such as {@code 2 wrong number of columns, 1 not a number}; empty if there is none. */
  public String summary() {
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey().words())
        .collect(Collectors.joining(", "));
  }
}
