package org.anabranch.spark.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Reads one part, a record at a time. Closes its files after the last record. Without labels all
 * are of class 0.
 */
final class IdxReader implements RecordStream {
  /** Keeps test files from having the identities of training files of the same name. */
  private static final String TEST_ROOT = "test:";

  private final IdxPart part;
  private final int classes;
  private final double scale;
  private final Configuration configuration;
  private final SampleIds ids;
  private final int width;
  private @Nullable DataInputStream arrays;
  private @Nullable DataInputStream labels;
  private int read;

  IdxReader(IdxPart part, IdxSource source, Configuration configuration) {
    this.part = part;
    this.classes = source.rules().classes();
    this.scale = source.scale();
    this.configuration = configuration;
    this.ids = new SampleIds((part.test() ? TEST_ROOT : "") + part.arrays().relative());
    this.width = part.arrays().header().width();
  }

  @Override
  public @Nullable Parsed next() {
    if (read == part.count()) {
      return null;
    }
    double label = part.labels() == null ? 0 : label(part.labels());
    IdxFile file = part.arrays();
    try {
      DataInputStream data = arrays == null ? file.open(part.first(), configuration) : arrays;
      arrays = data;
      float[] features = features(data);
      read++;
      Parsed result = parsed(label, features);
      if (read == part.count()) {
        finish(data, file);
      }
      return result;
    } catch (IOException e) {
      throw readFailure(e, file);
    }
  }

  private double label(IdxFile file) {
    try {
      DataInputStream data = labels == null ? file.open(part.first(), configuration) : labels;
      labels = data;
      double label = file.header().number().read(data);
      if (read == part.count() - 1) {
        finish(data, file);
      }
      return label;
    } catch (IOException e) {
      throw readFailure(e, file);
    }
  }

  private float[] features(DataInputStream data) throws IOException {
    IdxNumber number = part.arrays().header().number();
    float[] features = new float[width];
    for (int i = 0; i < width; i++) {
      features[i] = (float) (number.read(data) / scale);
    }
    return features;
  }

  private Parsed parsed(double label, float[] features) {
    long number = (long) part.first() + read;
    if (part.labels() != null && !isClass(label)) {
      return badLabel(part.labels(), label, number);
    }
    for (int i = 0; i < width; i++) {
      if (!Float.isFinite(features[i])) {
        String reason =
            "value %d is %s, expected a finite 32-bit number".formatted(i + 1, features[i]);
        return new BadRecord(part.arrays().shown(), number, Fault.NOT_FINITE, reason);
      }
    }
    return new Sample(ids.id(number), (int) label, features, part.test() ? Part.TEST : null)
        .at(part.arrays().shown(), number);
  }

  private boolean isClass(double label) {
    return label == Math.rint(label) && label >= 0 && label < classes;
  }

  private BadRecord badLabel(IdxFile file, double label, long number) {
    Fault fault = label == Math.rint(label) ? Fault.LABEL_OUT_OF_RANGE : Fault.LABEL_NOT_WHOLE;
    String reason = "label %s, expected 0 to %d".formatted(plain(label), classes - 1);
    return new BadRecord(file.shown(), number, fault, reason);
  }

  private static String plain(double label) {
    return label == Math.rint(label) && Math.abs(label) < 1e15
        ? Long.toString((long) label)
        : Double.toString(label);
  }

  private void finish(DataInputStream data, IdxFile file) throws IOException {
    try (data) {
      if (part.isLast() && data.read() >= 0) {
        throw new DataProblem(
            "%s: the file goes on after the %d records that its header counts. Fetch it again."
                .formatted(file.shown(), file.header().records()));
      }
    }
  }

  private RuntimeException readFailure(IOException failure, IdxFile file) {
    if (failure instanceof InterruptedIOException
        || failure instanceof ClosedByInterruptException) {
      return new IllegalStateException(failure);
    }
    String what =
        failure instanceof EOFException ? "the file ends" : SourceFiles.firstLine(failure);
    return new DataProblem(
        "%s: cannot be read beyond record %d of %d (%s). Fetch it again."
            .formatted(file.shown(), (long) part.first() + read, file.header().records(), what),
        failure);
  }
}
