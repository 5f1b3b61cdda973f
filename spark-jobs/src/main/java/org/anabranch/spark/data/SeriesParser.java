package org.anabranch.spark.data;

import java.util.List;

/** One line of text to a series, or to the reason why it is none. */
final class SeriesParser implements LineParser {
  private static final long serialVersionUID = 1;

  private final DelimitedLine lines;
  private final SeriesForm form;
  private final int classes;

  SeriesParser(SeriesSource source) {
    lines = new DelimitedLine(source.delimiter());
    form = source.form();
    classes = source.rules().classes();
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int mayBeMissing() {
    return form.values();
  }

  @Override
  public Parsed parse(String line, long id, String file, long number) {
    try {
      List<String> fields = lines.fields(line, form.features());
      float[] features = new float[fields.size()];
      for (int column = 0; column < features.length; column++) {
        features[column] =
            column < form.values()
                ? DelimitedLine.value(fields.get(column), column, this::name)
                : DelimitedLine.feature(fields.get(column), 1, column, this::name);
      }
      Sample sample = new Sample(id, 0, features).at(file, number);
      form.requireEnough(sample);
      return sample;
    } catch (Refusal refusal) {
      return refusal.at(file, number);
    }
  }

  private String name(int column) {
    String place = DelimitedLine.BY_PLACE.apply(column);
    if (column >= form.values()) {
      return "%s (%s)".formatted(place, form.covariates().get(column - form.values()));
    }
    int channels = form.channels().size();
    return "%s (%s at time %d)"
        .formatted(place, form.channels().get(column % channels), column / channels);
  }
}
