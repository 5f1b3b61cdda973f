package org.anabranch.spark.job;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with the arguments, and where to read on: two lines, not the whole help. */
final class UsageReport implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine commandLine = exception.getCommandLine();
    PrintWriter error = commandLine.getErr();
    String command = commandLine.getCommandSpec().qualifiedName();
    String message = String.valueOf(exception.getMessage()).strip().replaceFirst("^Error: ", "");
    error.println(command + ": " + message + (message.endsWith(".") ? "" : "."));
    String advice = "Read '%s --help'.".formatted(command);
    error.println(suggestion(exception).map(text -> text + " " + advice).orElse(advice));
    error.flush();
    return ExitCode.MISTAKE;
  }

  private static Optional<String> suggestion(ParameterException exception) {
    if (!(exception instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return Optional.empty();
    }
    CommandLine commandLine = exception.getCommandLine();
    List<String> known = new ArrayList<>(commandLine.getSubcommands().keySet());
    commandLine.getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names())));
    return Nearest.to(unmatched.getUnmatched().get(0), known).map("Did you mean %s?"::formatted);
  }
}
