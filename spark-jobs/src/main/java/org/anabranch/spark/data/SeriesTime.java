package org.anabranch.spark.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Reads what says when a row was, to see whether it ascends: a number, or a date of ISO 8601. */
final class SeriesTime {
  private interface Form {
    double read(String text) throws Refusal;
  }

  private static final List<Form> FORMS =
      List.of(
          text -> DelimitedLine.number(text, 0, DelimitedLine.BY_PLACE),
          text -> LocalDate.parse(text).atStartOfDay().toEpochSecond(ZoneOffset.UTC),
          text -> seconds(LocalDateTime.parse(text.replace(' ', 'T')).atOffset(ZoneOffset.UTC)),
          text -> seconds(OffsetDateTime.parse(text.replace(' ', 'T'))));

  private SeriesTime() {}

  /** A number as it is; a date in seconds. */
  static double of(String text, String column) throws Refusal {
    for (Form form : FORMS) {
      try {
        return form.read(text);
      } catch (DateTimeException | Refusal e) {
        // then it has another form, or none
      }
    }
    throw new Refusal(
        Fault.NOT_A_NUMBER,
        "%s is %s, expected a number, a date (1961-12-31) or a date and time (1961-12-31T23:59)"
            .formatted(column, Refusal.shown(text)));
  }

  private static double seconds(OffsetDateTime time) {
    return time.toEpochSecond() + time.getNano() * 1e-9;
  }
}
