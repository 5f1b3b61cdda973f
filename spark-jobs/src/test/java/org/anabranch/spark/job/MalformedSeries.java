package org.anabranch.spark.job;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.anabranch.spark.data.PackingRules;
import org.anabranch.spark.data.SeriesForm;
import org.anabranch.spark.data.SeriesSource;
import org.anabranch.spark.data.SeriesSource.Layout;

/** Series that cannot be used. */
final class MalformedSeries {
  private MalformedSeries() {}

  static byte[] valid() {
    return "who,t,x,w\np,1,2.5,0\np,2,-4e-1,1\nq,1,,0\nq,2,8,0\n".getBytes(StandardCharsets.UTF_8);
  }

  static Stream<Malformed> all() {
    return Stream.concat(wideFiles(), longFiles());
  }

  private static Stream<Malformed> wideFiles() {
    return Stream.of(
        wide("empty", "", "a.csv", "0 bytes", "Name a file"),
        wide("blank lines", "\n\n", "a.csv", "only blank lines", "Name a file"),
        wide("a value too few", "1,2,3\n1,2\n", "a.csv:2", "2 columns, expected 3", "data.length"),
        wide("a value too many", "1,2,3\n1,2,3,4\n", "a.csv:2", "4 columns", "data.length"),
        wide("a word", "1,2,3\n1,two,3\n", "a.csv:2", "(x at time 1) is 'two'", "NA"),
        wide("nan", "1,2,3\n1,nan,3\n", "a.csv:2", "'nan'", "NA"),
        wide("infinity", "1,2,3\n1,1e999,3\n", "a.csv:2", "'1e999'", "Mend"),
        wide("beyond float32", "1,2,3\n1,2e39,3\n", "a.csv:2", "'2e39'", "Mend"),
        wide("no covariate", "1,2,3\n1,2,\n", "a.csv:2", "column 3 (w) is ''", "Mend"),
        wide("NA as a covariate", "1,2,3\n1,2,NA\n", "a.csv:2", "column 3 (w) is 'NA'", "Mend"),
        wide("all missing", "1,2,3\n,NA,3\n", "a.csv:2", "2 of 2", "data.max-missing-fraction"),
        wide("an open quote", "1,2,3\n\"1,2,3\n", "a.csv:2", "quote", "Mend"),
        wide("a header", "x_0,x_1,w\n1,2,3\n", "a.csv:1", "'x_0'", "data.header = true"),
        wide("another delimiter", "1;2;3\n", "a.csv:1", "1 columns", "data.delimiter"),
        wide("gzip without suffix", "\u001f\u008b\b\0", "a.csv", "gzip data", ".gz"));
  }

  private static Stream<Malformed> longFiles() {
    String names = "who,t,x,w\n";
    return Stream.of(
        windows("names alone", names, "a.csv", "only blank lines after the header", "Name"),
        windows("no names", "p,1,2,0\np,2,3,0\n", "a.csv", "no column 'who'", "data.series"),
        windows("no time", "who,x,w\np,2,0\n", "a.csv", "no column 't'", "data.time"),
        windows("no channel", "who,t,w\np,2,0\n", "a.csv", "no column 'x'", "data.channels"),
        windows("no covariate", "who,t,x\np,2,0\n", "a.csv", "no column 'w'", "data.covariates"),
        windows("a name twice", "who,t,x,w,x\np,1,2,0,1\n", "a.csv", "more than one", "data.chan"),
        windows("an open quote in names", "who,\"t,x,w\np,1,2,0\n", "a.csv", "quote", "Mend"),
        windows("a field too few", names + "p,1,2,0\np,2,3\n", "a.csv:3", "3 columns", "mend the"),
        windows("a word", names + "p,1,two,0\np,2,3,0\n", "a.csv:2", "x is 'two'", "Mend"),
        windows("a word as a time", names + "p,now,2,0\n", "a.csv:2", "t is 'now'", "Mend"),
        windows("time stands", names + "p,1,2,0\np,1,3,0\n", "a.csv:3", "t is '1'", "Sort"),
        windows("time goes back", names + "p,2,2,0\np,1,3,0\n", "a.csv:3", "t is '1'", "Sort"),
        windows(
            "a series twice",
            names + "p,1,2,0\nq,1,3,0\np,2,3,0\n",
            "a.csv:4",
            "who is 'p'",
            "together"),
        windows(
            "a covariate is missing",
            names + "p,1,2,\np,2,3,0\n",
            "a.csv:2",
            "w is missing",
            "Mend"),
        windows(
            "a window without values",
            names + "p,1,,0\np,2,NA,0\n",
            "a.csv:2",
            "2 of 2",
            "data.max-missing-fraction"),
        windows("short series", names + "p,1,2,0\nq,2,3,0\n", "a.csv", "no record", "at least"));
  }

  private static Malformed wide(
      String name, String text, String place, String value, String remedy) {
    return new Malformed(
        "wide series: " + name,
        (folder, spark) -> {
          Path file = folder.resolve("a.csv");
          Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
          Malformed.pack(spark, source(file, Layout.WIDE));
        },
        place,
        value,
        remedy);
  }

  private static Malformed windows(
      String name, String text, String place, String value, String remedy) {
    return new Malformed(
        "long series: " + name,
        (folder, spark) -> {
          Path file = Files.writeString(folder.resolve("a.csv"), text);
          Malformed.pack(spark, windows(file));
        },
        place,
        value,
        remedy);
  }

  static SeriesSource windows(Path file) {
    return source(file, Layout.LONG);
  }

  private static SeriesSource source(Path file, Layout layout) {
    return new SeriesSource(
        file.toString(),
        layout,
        false,
        ',',
        "who",
        "t",
        2,
        new SeriesForm(2, List.of("x"), List.of("w"), 1, 0.5),
        new PackingRules(1, 0, false, 0, 0, 0, 32, 1));
  }
}
