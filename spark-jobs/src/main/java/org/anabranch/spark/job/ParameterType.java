package org.anabranch.spark.job;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;

/** The values that a parameter takes, how they are read, and how they are written back. */
interface ParameterType<T> {
  /**
   * The value as a file, the command line or the environment gives it.
   *
   * @throws Unfit if the value is of another type or out of range
   */
  T read(ConfigValue value) throws Unfit;

  /** The value in HOCON, so that reading it gives it back. */
  String write(T value);

  /** For people: "whole number", "path". */
  String name();

  /** For people: "at least 1"; empty where every value of the type will do. */
  String range();

  /** The value without what must not be written anywhere. */
  default T withoutSecrets(T value) {
    return value;
  }

  /**
   * A value that holds names of environment variables in place of their values, in HOCON.
   *
   * @param names has the structure of a value that {@link #read} takes, though not its types
   */
  default String writeNames(ConfigValue names) {
    return names.render(ConfigRenderOptions.concise());
  }
}
