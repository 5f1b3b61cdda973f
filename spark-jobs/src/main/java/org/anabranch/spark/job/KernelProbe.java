package org.anabranch.spark.job;

import java.util.List;
import java.util.Optional;
import org.anabranch.backend.simd.SimdBackend;

/**
 * Which kernels the simd backend takes.
 *
 * @param lanes float32 lanes of the preferred vector; empty without the vector module
 * @param chosen as the backend says it; why it cannot, if it refuses
 * @param refused whether it refuses
 */
record KernelProbe(Optional<Integer> lanes, String chosen, boolean refused) implements Probe {
  private static final String MODULE = "jdk.incubator.vector";

  static KernelProbe ofProcess() {
    try {
      return new KernelProbe(preferred(), SimdBackend.describe(), false);
    } catch (IllegalArgumentException e) {
      return new KernelProbe(preferred(), String.valueOf(e.getMessage()), true);
    }
  }

  @Override
  public String subject() {
    return "Kernels";
  }

  @Override
  public List<Finding> look() {
    String module =
        lanes
            .map(n -> "module %s with %d float32 lanes".formatted(MODULE, n))
            .orElse("no module " + MODULE);
    if (refused) {
      return List.of(
          Finding.blocks(chosen, "The simd backend does not start.", "Take the option out."));
    }
    String found = "%s (%s)".formatted(chosen, module);
    if (chosen.startsWith("vector")) {
      return List.of(Finding.fine(found, "The processor's vectors are used."));
    }
    return List.of(
        Finding.slow(
            found,
            "Numbers are computed one by one: the same numbers, several times slower.",
            lanes.isEmpty()
                ? "Start by submit/anabranch, or give java --add-modules=" + MODULE + "."
                : "See Java above, and take -Danabranch.kernels=scalar out if it is set."));
  }

  static Optional<Integer> preferred() {
    return ModuleLayer.boot().findModule(MODULE).isPresent() ? preferredLanes() : Optional.empty();
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
