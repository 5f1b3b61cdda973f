package org.anabranch.spark.job;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.List;

/**
 * Processors and memory.
 *
 * @param heap bytes that this process may use for objects
 * @param memory bytes of the machine or its container; 0 if not known
 */
record MachineProbe(String system, int processors, long heap, long memory) implements Probe {
  private static final long MEBI = 1 << 20;

  /** Spark refuses to start in a process with less (UnifiedMemoryManager, 4.2.0). */
  private static final long LEAST_HEAP = 450 * MEBI;

  static MachineProbe ofProcess() {
    OperatingSystemMXBean bean = ManagementFactory.getOperatingSystemMXBean();
    return new MachineProbe(
        "%s %s, %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory(),
        bean instanceof com.sun.management.OperatingSystemMXBean full
            ? full.getTotalMemorySize()
            : 0);
  }

  @Override
  public String subject() {
    return "Machine";
  }

  @Override
  public List<Finding> look() {
    String cores = "%d %s on %s".formatted(processors, processors == 1 ? "core" : "cores", system);
    String size =
        "%d MiB of memory for this process%s"
            .formatted(heap / MEBI, memory == 0 ? "" : ", %d MiB in all".formatted(memory / MEBI));
    return List.of(
        Finding.fine(cores, "spark.master local[*] uses all of them."),
        heap >= LEAST_HEAP
            ? Finding.fine(size, "Enough for Spark and small data.")
            : Finding.blocks(
                size,
                "Spark does not start with less than 450 MiB.",
                "Set ANABRANCH_JAVA_OPTS=-Xmx1g."));
  }
}
