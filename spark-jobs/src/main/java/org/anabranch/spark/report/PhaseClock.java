package org.anabranch.spark.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** How long the driver was in each phase; what lies between two phases has a name of its own. */
final class PhaseClock {
  private final String between;
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private long since = System.nanoTime();

  /**
   * @param between the name of what is no phase
   */
  PhaseClock(String between) {
    this.between = between;
  }

  /** Begins a phase. */
  void begin() {
    add(between);
  }

  /** Ends it. */
  void end(String phase) {
    add(phase);
  }

  Map<String, Double> seconds() {
    return seconds;
  }

  private void add(String phase) {
    long now = System.nanoTime();
    seconds.merge(phase, (now - since) * 1e-9, Double::sum);
    since = now;
  }
}
