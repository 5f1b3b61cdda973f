package org.anabranch.model.paths.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import org.anabranch.model.paths.PathSet;

/**
 * {@code paths.json}: an evaluation and some real and drawn paths, as plain numbers for a report.
 * Numbers have five digits, and what is no number is null. Of long paths 200 times are told.
 *
 * <pre>
 *   format, version, times []
 *   sets            realTrain, realTest, fake, lost
 *   distances       ksLargest, ksMean, mmd, mmdUnbiasedSquare; the same of yardstick, untrained*
 *   classification* accuracy, standardError, loss, trainPaths, testPaths
 *   prediction*     trainedOnFake, trainedOnReal, lastValue, readTimes, predictedTimes, trainPaths
 *   channels []     name, real [path][time], fake [path][time], realFan [line][time], fakeFan,
 *                   realAutocorrelation [lag], fakeAutocorrelation [lag],
 *                   histograms [] of time, from, to, real [bin], fake [bin], distance
 *   history [] *    round and distances
 *
 *   * where there are any
 * </pre>
 */
public final class PathReport {
  /** Paths of each kind that are told. */
  static final int SHOWN = 40;

  private static final int MOST_TIMES = 200;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private PathReport() {}

  /** Of an evaluation without a history. */
  public static ObjectNode json(PathEvaluation evaluation, PathSet realTest, PathSet fake) {
    return json(evaluation, realTest, fake, List.of());
  }

  /**
   * Of an evaluation.
   *
   * @param realTest those it was made of; the first ones are told
   * @param fake those it was made of; the first ones are told
   * @param history in the order of the rounds
   */
  public static ObjectNode json(
      PathEvaluation evaluation, PathSet realTest, PathSet fake, List<RoundScores> history) {
    int[] times = ReadPaths.evenly(realTest.shape().length(), MOST_TIMES);
    List<Double> allTimes = realTest.shape().times();
    ObjectNode json = NODES.objectNode().put("format", "anabranch-paths").put("version", 1);
    json.set("times", picked(allTimes, times));
    json.putObject("sets")
        .put("realTrain", evaluation.realTrain())
        .put("realTest", evaluation.realTest())
        .put("fake", evaluation.fake())
        .put("lost", evaluation.lost());
    put(json.putObject("distances"), evaluation.distances());
    put(json.putObject("yardstick"), evaluation.yardstick());
    evaluation.untrained().ifPresent(untrained -> put(json.putObject("untrained"), untrained));
    evaluation.classification().ifPresent(found -> put(json.putObject("classification"), found));
    evaluation.prediction().ifPresent(found -> put(json.putObject("prediction"), found));
    ArrayNode channels = json.putArray("channels");
    for (int channel = 0; channel < evaluation.channels().size(); channel++) {
      ObjectNode node = channels.addObject().put("name", realTest.shape().channels().get(channel));
      node.set("real", paths(realTest, channel, times));
      node.set("fake", paths(fake, channel, times));
      put(node, evaluation.channels().get(channel), allTimes, times);
    }
    if (!history.isEmpty()) {
      ArrayNode rounds = json.putArray("history");
      history.forEach(
          scores -> put(rounds.addObject().put("round", scores.round()), scores.distances()));
    }
    return json;
  }

  private static void put(ObjectNode node, Distances distances) {
    node.set("ksLargest", PlainNumbers.of(distances.ksLargest()));
    node.set("ksMean", PlainNumbers.of(distances.ksMean()));
    node.set("mmd", PlainNumbers.of(distances.mmd()));
    node.set("mmdUnbiasedSquare", PlainNumbers.of(distances.mmdUnbiasedSquare()));
  }

  private static void put(ObjectNode node, Classification found) {
    node.set("accuracy", PlainNumbers.of(found.accuracy()));
    node.set("standardError", PlainNumbers.of(found.standardError()));
    node.set("loss", PlainNumbers.of(found.loss()));
    node.put("trainPaths", found.trainPaths()).put("testPaths", found.testPaths());
  }

  private static void put(ObjectNode node, Prediction found) {
    node.set("trainedOnFake", PlainNumbers.of(found.trainedOnFake()));
    node.set("trainedOnReal", PlainNumbers.of(found.trainedOnReal()));
    node.set("lastValue", PlainNumbers.of(found.lastValue()));
    node.put("readTimes", found.readTimes())
        .put("predictedTimes", found.predictedTimes())
        .put("trainPaths", found.trainPaths());
  }

  private static void put(ObjectNode node, ChannelLaw law, List<Double> allTimes, int[] times) {
    node.set("realFan", fan(law.realFan(), times));
    node.set("fakeFan", fan(law.fakeFan(), times));
    node.set("realAutocorrelation", PlainNumbers.of(law.realAutocorrelation()));
    node.set("fakeAutocorrelation", PlainNumbers.of(law.fakeAutocorrelation()));
    ArrayNode histograms = node.putArray("histograms");
    for (MarginalHistogram histogram : law.histograms()) {
      ObjectNode one = histograms.addObject();
      one.set("time", PlainNumbers.of(allTimes.get(histogram.time())));
      one.set("from", PlainNumbers.of(histogram.from()));
      one.set("to", PlainNumbers.of(histogram.to()));
      one.set("real", PlainNumbers.of(histogram.real()));
      one.set("fake", PlainNumbers.of(histogram.fake()));
      one.set("distance", PlainNumbers.of(histogram.distance()));
    }
  }

  private static ArrayNode fan(QuantileFan fan, int[] times) {
    ArrayNode lines = NODES.arrayNode();
    fan.lines().forEach(line -> lines.add(picked(line, times)));
    return lines;
  }

  private static ArrayNode paths(PathSet paths, int channel, int[] times) {
    ArrayNode all = NODES.arrayNode();
    for (int path = 0; path < Math.min(SHOWN, paths.size()); path++) {
      ArrayNode line = all.addArray();
      for (int time : times) {
        line.add(PlainNumbers.of(paths.value(path, time, channel)));
      }
    }
    return all;
  }

  private static ArrayNode picked(List<Double> values, int[] places) {
    return PlainNumbers.of(Arrays.stream(places).mapToObj(values::get).toList());
  }
}
