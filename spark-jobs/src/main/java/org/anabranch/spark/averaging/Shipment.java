package org.anabranch.spark.averaging;

import java.io.Serializable;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * Parameters on their way to the tasks: few inside the task itself, many as a broadcast, in float32
 * where the workers round to it anyway.
 */
final class Shipment implements Serializable {
  private static final long serialVersionUID = 1;

  /** A broadcast costs 2 to 10 ms a round; more bytes than these slow the task's serialization. */
  private static final int MOST_INLINE_BYTES = 1 << 16;

  /** Differs between all shipments of a driver, so a worker knows what it has loaded. */
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final long number = NUMBERS.incrementAndGet();
  private final Object inline;
  private final @Nullable Broadcast<Object> broadcast;

  private Shipment(Object inline, @Nullable Broadcast<Object> broadcast) {
    this.inline = inline;
    this.broadcast = broadcast;
  }

  static Shipment of(JavaSparkContext spark, double[] parameters, boolean singlePrecision) {
    Object values = singlePrecision ? rounded(parameters) : parameters.clone();
    int bytes = parameters.length * (singlePrecision ? Float.BYTES : Double.BYTES);
    return bytes <= MOST_INLINE_BYTES
        ? new Shipment(values, null)
        : new Shipment("", spark.broadcast(values));
  }

  long number() {
    return number;
  }

  /** The parameters, as a new array or one to be only read. */
  double[] parameters() {
    Object values = broadcast == null ? inline : broadcast.value();
    return values instanceof float[] rounded ? widened(rounded) : (double[]) values;
  }

  /** Removes it from all executors, without waiting. */
  void destroy() {
    if (broadcast != null) {
      broadcast.destroy(false);
    }
  }

  private static float[] rounded(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  private static double[] widened(float[] values) {
    double[] widened = new double[values.length];
    Arrays.setAll(widened, i -> values[i]);
    return widened;
  }
}
