package org.anabranch.spark.job;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What was read so far: for each parameter its value, or nothing if the value was unfit. */
final class Readings {
  private final Map<Parameter<?>, Reading<?>> readings = new HashMap<>();

  <T> void put(Parameter<T> parameter, Reading<T> reading) {
    readings.put(parameter, reading);
  }

  /** Gives a value to one that nobody wrote, because others decide it. */
  <T> void derive(Parameter<T> parameter, T value) {
    if (!has(parameter)) {
      String written = parameter.type().write(value);
      put(parameter, new Reading<>(value, parameter.standardText(), written, Place.standard()));
    }
  }

  /** Gives a value to one that nobody wrote and that has no part, or is not known: not recorded. */
  <T> void leaveOpen(Parameter<T> parameter, T value) {
    if (!has(parameter)) {
      put(parameter, new Reading<>(value, parameter.standardText(), "", Place.standard()));
    }
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

  /**
   * Whether somebody wrote another value than the default. What a run records has every setting, at
   * its default where nobody wrote it.
   */
  <T> boolean isChanged(Parameter<T> parameter) {
    return isWritten(parameter) && !parameter.standard().equals(Optional.of(value(parameter)));
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
