package org.anabranch.train;

import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;

/** Backends by the names that configurations use. */
public final class Backends {
  private Backends() {}

  /**
   * The backend of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Backend named(String name) {
    return switch (name) {
      case "simd" -> new SimdBackend();
      case "simd-float64" -> new SimdBackend(WorkingPrecision.FLOAT64);
      case "reference" -> new ReferenceBackend();
      default ->
          throw new IllegalArgumentException(
              "Backend: '%s' is none. Use 'simd', 'simd-float64' or 'reference'.".formatted(name));
    };
  }
}
