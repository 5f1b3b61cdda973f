package org.anabranch.spark.job;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Java that runs this.
 *
 * @param mode "mixed mode, sharing", as the virtual machine says it
 * @param topTier the highest tier of compilation: 4 with C2; -1 where the machine has no such
 *     notion
 */
record JavaProbe(String version, String vendor, String machine, String mode, int topTier)
    implements Probe {
  private static final int C2 = 4;

  static JavaProbe ofProcess() {
    return new JavaProbe(
        System.getProperty("java.version", "?"),
        System.getProperty("java.vendor", "?"),
        System.getProperty("java.vm.name", "?"),
        System.getProperty("java.vm.info", "?"),
        tier());
  }

  @Override
  public String subject() {
    return "Java";
  }

  @Override
  public List<Finding> look() {
    String found = "%s by %s, %s, %s".formatted(version, vendor, machine, mode);
    if (mode.contains("interpreted")) {
      return List.of(
          Finding.slow(
              found,
              "Nothing is compiled to machine code: training takes a hundred times as long.",
              "Take -Xint out of ANABRANCH_JAVA_OPTS or JAVA_TOOL_OPTIONS."));
    }
    if (topTier >= 0 && topTier < C2) {
      return List.of(
          Finding.slow(
              found + ", compilation up to tier " + topTier,
              "The compiler C2 is off, and vectors are computed lane by lane without it.",
              "Take -XX:TieredStopAtLevel or -client out of ANABRANCH_JAVA_OPTS or"
                  + " JAVA_TOOL_OPTIONS."));
    }
    return List.of(Finding.fine(found, "Hot loops are compiled to machine code."));
  }

  private static int tier() {
    HotSpotDiagnosticMXBean diagnostic =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    String value = option(diagnostic, "TieredStopAtLevel");
    return value == null ? -1 : Integer.parseInt(value);
  }

  private static @Nullable String option(
      @Nullable HotSpotDiagnosticMXBean diagnostic, String name) {
    try {
      return diagnostic == null ? null : diagnostic.getVMOption(name).getValue();
    } catch (IllegalArgumentException e) {
      return null; // another virtual machine, or a HotSpot without tiers
    }
  }
}
