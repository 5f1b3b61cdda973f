package org.anabranch.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;

/**
 * Seconds of the same work, again and again: by the clock, and of all processors that this process
 * had. Where the second is much below the first times the threads, others had the processors.
 */
final class Repeats {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

  /** Warm-up ends when the compiler had nothing to do for so many runs, or at the longest. */
  private static final int QUIET_RUNS = 3;

  private static final double LONGEST_WARM_UP = 60;

  private final double[] wall;
  private final double[] processor;

  private Repeats(double[] wall, double[] processor) {
    this.wall = wall;
    this.processor = processor;
  }

  /** Runs until the compiler rests, for at least so many seconds. */
  static void warmUp(Runnable work, double leastSeconds) {
    long start = System.nanoTime();
    long compiled = -1;
    int quiet = 0;
    double elapsed = 0;
    while (elapsed < leastSeconds || (quiet < QUIET_RUNS && elapsed < LONGEST_WARM_UP)) {
      work.run();
      long now = COMPILER.getTotalCompilationTime();
      quiet = now == compiled ? quiet + 1 : 0;
      compiled = now;
      elapsed = (System.nanoTime() - start) * 1e-9;
    }
  }

  static Repeats of(Runnable work, int count) {
    double[] wall = new double[count];
    double[] processor = new double[count];
    for (int i = 0; i < count; i++) {
      long processorStart = SYSTEM.getProcessCpuTime();
      long start = System.nanoTime();
      work.run();
      wall[i] = (System.nanoTime() - start) * 1e-9;
      processor[i] = (SYSTEM.getProcessCpuTime() - processorStart) * 1e-9;
    }
    Arrays.sort(wall);
    Arrays.sort(processor);
    return new Repeats(wall, processor);
  }

  double median() {
    return median(wall);
  }

  double least() {
    return wall[0];
  }

  double most() {
    return wall[wall.length - 1];
  }

  /** As figures of a measurement. */
  void into(Map<String, Object> figures) {
    figures.put("seconds", median());
    figures.put("secondsLeast", least());
    figures.put("secondsMost", most());
    figures.put("processorSeconds", processorMedian());
    figures.put("repeats", wall.length);
  }

  /** Of all processors together. */
  double processorMedian() {
    return median(processor);
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
