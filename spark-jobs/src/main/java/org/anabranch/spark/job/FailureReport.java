package org.anabranch.spark.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anabranch.spark.data.DataProblem;
import org.anabranch.train.Diverged;
import org.apache.hadoop.util.ShutdownHookManager;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What the user reads when a command ends with an exception: sentences, never a stack trace. The
 * trace of what nobody expected goes to a file that the sentence names.
 */
final class FailureReport implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception exception, CommandLine commandLine, ParseResult parseResult) throws Exception {
    if (exception instanceof ParameterException) {
      throw exception;
    }
    if (ShutdownHookManager.get().isShutdownInProgress()) {
      // Control-C stopped Spark under the training; the recorder has said so.
      return ExitCode.INTERRUPTED;
    }
    PrintWriter error = commandLine.getErr();
    error.println(sentences(exception));
    error.flush();
    return isMistake(exception) ? ExitCode.MISTAKE : ExitCode.FAILURE;
  }

  /** Whether the user can put it right. */
  static boolean isMistake(Throwable failure) {
    return failure instanceof Mistake || failure instanceof DataProblem;
  }

  /** Whether the message was written for the user. */
  static boolean isForTheUser(Throwable failure) {
    return isMistake(failure) || failure instanceof RunFailure || failure instanceof Diverged;
  }

  private static String sentences(Exception exception) {
    return isForTheUser(exception)
        ? String.valueOf(exception.getMessage())
        : unexpected(exception, temporaryFile(exception));
  }

  static String unexpected(Throwable failure, String place) {
    return "anabranch: the run failed: %s. The full trace is in %s."
        .formatted(firstLine(failure), place);
  }

  /** Without its full stop. */
  static String firstLine(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      return "%d MiB of memory were not enough (set ANABRANCH_JAVA_OPTS, for example to -Xmx8g)"
          .formatted(Runtime.getRuntime().maxMemory() >> 20);
    }
    String message = failure.getMessage();
    String line =
        message == null || message.isBlank()
            ? failure.getClass().getSimpleName()
            : message.strip().lines().findFirst().orElse("");
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }

  private static String temporaryFile(Exception exception) {
    try {
      Path file = Files.createTempFile("anabranch-failure-", ".txt");
      Files.writeString(file, StackTrace.of(exception));
      return file.toString();
    } catch (IOException e) {
      return "no file, since none could be written (" + e.getMessage() + ")";
    }
  }
}
