package org.anabranch.spark.job;

import java.util.HashMap;
import java.util.Map;

/** What was read so far: for each parameter its value, or nothing if the value was unfit. */
final class Readings {
  private final Map<Parameter<?>, Reading<?>> readings = new HashMap<>();

  <T> void put(Parameter<T> parameter, Reading<T> reading) {
    readings.put(parameter, reading);
  }

  boolean has(Parameter<?>... parameters) {
    for (Parameter<?> parameter : parameters) {
      if (!readings.containsKey(parameter)) {
        return false;
      }
    }
    return true;
  }

  /** Whether somebody wrote it and it is fit. */
  boolean isWritten(Parameter<?> parameter) {
    Reading<?> reading = readings.get(parameter);
    return reading != null && reading.place().isWritten();
  }

  // put() is the only way in, and pairs a parameter with a reading of its own type.
  @SuppressWarnings("unchecked")
  <T> Reading<T> reading(Parameter<T> parameter) {
    Reading<?> reading = readings.get(parameter);
    if (reading == null) {
      throw new AssertionError("nothing was read for " + parameter.key());
    }
    return (Reading<T>) reading;
  }

  <T> T value(Parameter<T> parameter) {
    return reading(parameter).value();
  }
}
