package org.anabranch.train;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;

/** Backends by the names that configurations use. */
public final class Backends {
  private static final Map<String, Backend> SHARED = new ConcurrentHashMap<>();

  private Backends() {}

  /**
   * The backend of a name; the same at each call. One of its own for each task would reserve 4 MiB,
   * of which the updates of a small model need a fraction.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Backend named(String name) {
    return SHARED.computeIfAbsent(name, Backends::make);
  }

  private static Backend make(String name) {
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
