package org.anabranch.bench;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A run's folder and what the run is called in tables and charts. */
record LabelledRun(String label, Path folder) {
  /** Reads {@code LABEL=FOLDER}. */
  static final class Converter implements ITypeConverter<LabelledRun> {
    @Override
    public LabelledRun convert(String text) {
      int sign = text.indexOf('=');
      if (sign < 1 || sign == text.length() - 1) {
        throw new TypeConversionException(
            "'%s' is no LABEL=FOLDER. Write for example '8 steps=runs/k8'.".formatted(text));
      }
      return new LabelledRun(text.substring(0, sign), Path.of(text.substring(sign + 1)));
    }
  }
}
