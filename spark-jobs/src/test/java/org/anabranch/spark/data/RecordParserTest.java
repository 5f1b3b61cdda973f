package org.anabranch.spark.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordParserTest {
  private static final RecordParser PARSER = parser(source().scale(2), 3);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "1,2,1          | 0.5 | 1 | 1",
        " 1 ,\t2 , 1    | 0.5 | 1 | 1",
        "-1e-3,+.5,0    | -5e-4 | 0.25 | 0",
        "\"3\",\"4\",1  | 1.5 | 2 | 1",
        "3, \"4\" ,1.0  | 1.5 | 2 | 1",
        "1e38,0,0       | 5e37 | 0 | 0",
      })
  void readsWhatIsANumber(String line, float first, float second, int label) {
    assertThat(PARSER.parse(line, 7, "f.csv", 3))
        .isInstanceOfSatisfying(
            Sample.class,
            sample -> {
              assertThat(sample.features).containsExactly(first, second);
              assertThat(sample.label).isEqualTo(label);
              assertThat(sample.id).isEqualTo(7);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "1,2            | COLUMNS | 2 columns, expected 3",
        "1,2,1,         | COLUMNS | 4 columns, expected 3",
        "1;2;1          | COLUMNS | 1 columns, expected 3",
        "1,two,1        | NOT_A_NUMBER | column 2 is 'two', expected a number",
        "1,,1           | NOT_A_NUMBER | column 2 is '', expected a number",
        "1d,2,1         | NOT_A_NUMBER | column 1 is '1d', expected a number",
        "0x1p3,2,1      | NOT_A_NUMBER | column 1 is '0x1p3', expected a number",
        "1,2,one        | NOT_A_NUMBER | column 3 is 'one', expected the number of a class, 0 to 1",
        "NaN,2,1        | NOT_FINITE | column 1 is 'NaN', expected a finite 32-bit number",
        "1,-Infinity,1  | NOT_FINITE | column 2 is '-Infinity', expected a finite 32-bit number",
        "1,1e39,1       | NOT_FINITE | column 2 is '1e39', expected a finite 32-bit number",
        "1,2,0.5        | LABEL_NOT_WHOLE | label '0.5', expected a whole number from 0 to 1",
        "1,2,2          | LABEL_OUT_OF_RANGE | label '2', expected 0 to 1",
        "1,2,-1         | LABEL_OUT_OF_RANGE | label '-1', expected 0 to 1",
        "1,2,NaN        | NOT_FINITE | column 3 is 'NaN', expected a finite 32-bit number",
        "\"1,2,1        | QUOTES | '\"1,2,1', expected every quote to be closed",
      })
  void namesTheValueAndWhatWasExpected(String line, Fault fault, String reason) {
    assertThat(PARSER.parse(line, 7, "f.csv", 3))
        .isEqualTo(new BadRecord("f.csv", 3, fault, reason));
  }

  @Test
  void takesTheLabelFromAnyColumn() {
    RecordParser labelFirst = parser(source().labelColumn(0), 3);
    assertThat(labelFirst.parse("1,5,6", 7, "f.csv", 3))
        .isInstanceOfSatisfying(
            Sample.class,
            sample -> {
              assertThat(sample.label).isEqualTo(1);
              assertThat(sample.features).containsExactly(5f, 6f);
            });
  }

  @Test
  void readsTabsWithoutTakingThemForSpaces() {
    RecordParser tabs = parser(source().delimiter('\t'), 3);
    assertThat(tabs.parse("5\t6\t1", 7, "f.csv", 3)).isInstanceOf(Sample.class);
    assertThat(tabs.parse("5\t\t1", 7, "f.csv", 3)).isInstanceOf(BadRecord.class);
  }

  @Test
  void showsNoMoreThanTheStartOfALongValue() {
    BadRecord bad = (BadRecord) PARSER.parse("x".repeat(1000) + ",2,1", 7, "f.csv", 3);
    assertThat(bad.reason()).hasSizeLessThan(100).contains("x…'");
  }

  private static org.anabranch.spark.data.CsvSource.Builder source() {
    return org.anabranch.spark.data.CsvSource.at("f.csv");
  }

  private static RecordParser parser(
      org.anabranch.spark.data.CsvSource.Builder source, int columns) {
    return new RecordParser(source.build(), columns);
  }
}
