package org.anabranch.spark.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;

/**
 * Parquet files that were found. The schema is the first file's. So many files are opened before a
 * job starts; what is wrong with others its tasks say.
 */
final class ParquetFiles {
  private static final byte[] MARK = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** A mark, the length of the footer, a mark. */
  private static final int LEAST = 12;

  private ParquetFiles() {}

  static Records find(ParquetSource source, Configuration configuration) {
    SourceFiles found = SourceFiles.find(source.path(), "data.path", configuration);
    List<FileStatus> files = found.files();
    for (FileStatus file : files.subList(0, Math.min(files.size(), DriverPacking.MOST_FILES))) {
      requireMarks(file, shown(found, file), configuration);
    }
    FileStatus first = files.get(0);
    StructType schema = schema(first, shown(found, first), configuration);
    FoundColumns columns = FoundColumns.in(schema, source.columns(), shown(found, first));
    RowParser parser =
        new RowParser(
            columns, source.path(), found.root(), source.scale(), source.rules().classes());
    return new RowRecords(parser, spark -> rows(spark, columns, source.path()));
  }

  private static Dataset<Row> rows(JavaSparkContext spark, FoundColumns columns, String path) {
    // A session of its own: what is set here is nobody else's. Names mean what they say, and no
    // file is left out in silence.
    SparkSession session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
    SparkSession ours = session.newSession();
    ours.conf().set("spark.sql.caseSensitive", true);
    ours.conf().set("spark.sql.files.ignoreCorruptFiles", false);
    ours.conf().set("spark.sql.files.ignoreMissingFiles", false);
    return ours.read()
        .schema(columns.selected())
        .option("recursiveFileLookup", true)
        .parquet(path)
        .select(
            functions.col("*"),
            functions.col("_metadata.file_path"),
            functions.col("_metadata.row_index"));
  }

  private static StructType schema(FileStatus file, String shown, Configuration configuration) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(file, configuration))) {
      MessageType schema = reader.getFooter().getFileMetaData().getSchema();
      return new ParquetToSparkSchemaConverter(new SQLConf()).convert(schema);
    } catch (IOException | RuntimeException e) {
      throw new DataProblem(
          "%s: the footer cannot be read (%s). Replace the file by a whole one."
              .formatted(shown, SourceFiles.firstLine(e)),
          e);
    }
  }

  private static void requireMarks(FileStatus file, String shown, Configuration configuration) {
    Path path = file.getPath();
    byte[] head = new byte[MARK.length];
    byte[] tail = new byte[MARK.length];
    try (FSDataInputStream in = path.getFileSystem(configuration).open(path)) {
      if (file.getLen() >= LEAST) {
        in.readFully(0, head);
        in.readFully(file.getLen() - tail.length, tail);
      }
    } catch (IOException e) {
      throw new DataProblem(
          "%s: cannot be read (%s). Check data.path and the rights to read it."
              .formatted(shown, SourceFiles.firstLine(e)),
          e);
    }
    if (!Arrays.equals(head, MARK)) {
      throw new DataProblem(
          "%s: not a Parquet file: its %d bytes do not begin with PAR1. Check data.path and data.format."
              .formatted(shown, file.getLen()));
    }
    if (!Arrays.equals(tail, MARK)) {
      throw new DataProblem(
          "%s: the file is cut off: its %d bytes do not end with PAR1. Replace the file by a whole one."
              .formatted(shown, file.getLen()));
    }
  }

  private static String shown(SourceFiles found, FileStatus file) {
    return found.root().shown(file.getPath().toString());
  }
}
