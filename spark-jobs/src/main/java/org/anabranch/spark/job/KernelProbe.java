package org.anabranch.spark.job;

import java.util.List;
import java.util.Optional;

/**
 * Which kernels the simd backend takes.
 *
 * @param lanes float32 lanes of the preferred vector; empty without the vector module
 */
record KernelProbe(Optional<Integer> lanes) implements Probe {
  private static final String MODULE = "jdk.incubator.vector";

  static KernelProbe ofProcess() {
    return new KernelProbe(
        ModuleLayer.boot().findModule(MODULE).isPresent() ? preferredLanes() : Optional.empty());
  }

  /** Whether {@code backend = simd} computes with vectors in this process. */
  static boolean hasVectors() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  @Override
  public String subject() {
    return "Kernels";
  }

  @Override
  public List<Finding> look() {
    if (lanes.isEmpty()) {
      return List.of(
          Finding.slow(
              "no module " + MODULE,
              "Scalar kernels are used: the same numbers, several times slower.",
              "Start by submit/anabranch, or give java --add-modules=" + MODULE + "."));
    }
    int width = lanes.get();
    String found = "module %s, %d float32 lanes (%d bits)".formatted(MODULE, width, width * 32);
    return List.of(
        width >= 4
            ? Finding.fine(found, "Vector kernels are used.")
            : Finding.slow(
                found,
                "The processor's vectors are narrow, or not known to this Java.",
                "Try a newer Java."));
  }

  /** By reflection, since only the simd backend may name the module's classes. */
  private static Optional<Integer> preferredLanes() {
    try {
      Object species =
          Class.forName(MODULE + ".FloatVector").getField("SPECIES_PREFERRED").get(null);
      Class<?> type = Class.forName(MODULE + ".VectorSpecies");
      return Optional.of((Integer) type.getMethod("length").invoke(species));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }
}
