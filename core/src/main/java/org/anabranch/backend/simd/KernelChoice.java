package org.anabranch.backend.simd;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which kernels this virtual machine uses: decided once, logged once. The system property {@value
 * #PROPERTY} may say {@code auto} (the default), {@code scalar}, or the number of float32 lanes 4,
 * 8 or 16. All choices give the same bits; they differ in speed.
 */
final class KernelChoice {
  static final String PROPERTY = "anabranch.kernels";

  private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
  private static final String OPTION = "--add-modules jdk.incubator.vector";

  /**
   * @param lanes float32 lanes; 0 for the scalar kernels
   * @param reason a sentence
   * @param remedy how to have the fast kernels; empty where nothing is amiss
   */
  record Decision(int lanes, String reason, String remedy) {
    Kernels kernels() {
      return lanes == 0 ? new ScalarKernels() : new VectorKernels();
    }

    String name() {
      return lanes == 0 ? "scalar" : "vector, %d lanes".formatted(lanes);
    }
  }

  /** Made when first asked for, so that a bad property is reported where kernels are wanted. */
  private static final class Chosen {
    static final Decision DECISION = decideHere();
    static final Kernels KERNELS = DECISION.kernels();

    static {
      if (DECISION.remedy().isEmpty()) {
        LOG.info("Kernels: {}. {}", DECISION.name(), DECISION.reason());
      } else {
        LOG.warn("Kernels: {}. {} {}", DECISION.name(), DECISION.reason(), DECISION.remedy());
      }
    }
  }

  private KernelChoice() {}

  /** Throws IllegalArgumentException, with the remedy, for a property that cannot be met. */
  static Kernels get() {
    Decision unused = decision();
    return Chosen.KERNELS;
  }

  /** Such as {@code vector, 16 lanes}. */
  static String describe() {
    return decision().name();
  }

  /** Why: a sentence, and the remedy where the fast kernels are not in use. */
  static String reason() {
    return (decision().reason() + " " + decision().remedy()).strip();
  }

  /** The lane count that the property demands. */
  static OptionalInt forcedLanes() {
    String property = System.getProperty(PROPERTY, "auto");
    return switch (property) {
      case "4", "8", "16" -> OptionalInt.of(Integer.parseInt(property));
      default -> OptionalInt.empty();
    };
  }

  /** Decides outside the holder first: what a static initialiser throws arrives wrapped. */
  private static Decision decision() {
    Decision unused = decideHere();
    return Chosen.DECISION;
  }

  private static Decision decideHere() {
    return decide(
        System.getProperty(PROPERTY, "auto"),
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        System.getProperty("java.vm.info", ""),
        () -> Lanes.preferred());
  }

  static Decision decide(
      String property, boolean modulePresent, String machine, IntSupplier preferredLanes) {
    return switch (property.toLowerCase(Locale.ROOT)) {
      case "auto" -> automatic(modulePresent, machine, preferredLanes);
      case "scalar" -> new Decision(0, PROPERTY + " says so.", "");
      case "4", "8", "16" -> forced(Integer.parseInt(property), modulePresent, preferredLanes);
      default ->
          throw new IllegalArgumentException(
              "%s is '%s'; it must be auto, scalar, 4, 8 or 16. Remove -D%s, or write -D%s=auto."
                  .formatted(PROPERTY, property, PROPERTY, PROPERTY));
    };
  }

  private static Decision automatic(
      boolean modulePresent, String machine, IntSupplier preferredLanes) {
    if (!modulePresent) {
      return new Decision(
          0,
          "Module jdk.incubator.vector is absent.",
          "Add '%s' to the options of this Java virtual machine (spark.driver.extraJavaOptions, spark.executor.extraJavaOptions) for kernels that are one and a half to three times as fast."
              .formatted(OPTION));
    }
    if (machine.contains("interpreted mode") || machine.contains("emulated-client")) {
      return new Decision(
          0,
          "This Java virtual machine runs without its optimising compiler (%s), where vectors are hundreds of times slower than loops."
              .formatted(machine),
          "Remove -Xint or -XX:TieredStopAtLevel from its options for the fast kernels.");
    }
    return new Decision(preferredLanes.getAsInt(), "The widest this machine prefers.", "");
  }

  private static Decision forced(int lanes, boolean modulePresent, IntSupplier preferredLanes) {
    if (!modulePresent) {
      throw new IllegalArgumentException(
          "%s is %d, but module jdk.incubator.vector is absent. Add '%s' to the options of this Java virtual machine, or write -D%s=scalar."
              .formatted(PROPERTY, lanes, OPTION, PROPERTY));
    }
    int widest = preferredLanes.getAsInt();
    if (lanes > widest) {
      throw new IllegalArgumentException(
          "%s is %d, but this machine has at most %d lanes. Write -D%s=%d or auto."
              .formatted(PROPERTY, lanes, widest, PROPERTY, widest));
    }
    return new Decision(lanes, PROPERTY + " says so.", "");
  }
}
