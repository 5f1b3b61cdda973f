package org.anabranch.spark.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.TaskInfo;

/**
 * Adds up what tasks took, by executor and by phase. A phase is what the driver called its jobs
 * with the local property {@link #PHASE}; jobs without a name are those that read the data. Spark
 * tells it on a thread of its own.
 */
final class ExecutorTimes extends SparkListener {
  /** The local property that names the phase of the jobs to come. */
  static final String PHASE = "anabranch.phase";

  private static final String FIRST_PHASE = "data";
  private static final JsonMapper JSON = new JsonMapper();

  /** Milliseconds of all tasks together. */
  private static final class Sums {
    private long tasks;
    private long failed;
    private long start;
    private long run;
    private long collection;
    private long wait;

    private void add(TaskInfo info, TaskMetrics metrics) {
      tasks++;
      start += metrics.executorDeserializeTime();
      collection += metrics.jvmGCTime();
      run += metrics.executorRunTime();
      long own = metrics.executorDeserializeTime() + metrics.executorRunTime();
      wait += Math.max(0, info.duration() - own);
    }
  }

  private final Map<Integer, String> phaseOfStage = new HashMap<>();
  private final Map<String, Map<String, Sums>> executors = new TreeMap<>();
  private final Map<String, String> hosts = new HashMap<>();
  private final Map<String, String> lost = new TreeMap<>();

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
    Properties properties = event.properties();
    String phase = properties == null ? FIRST_PHASE : properties.getProperty(PHASE, FIRST_PHASE);
    phaseOfStage.put(event.stageInfo().stageId(), phase);
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
    TaskInfo info = event.taskInfo();
    String phase = phaseOfStage.getOrDefault(event.stageId(), FIRST_PHASE);
    Sums sums =
        executors
            .computeIfAbsent(info.executorId(), id -> new TreeMap<>())
            .computeIfAbsent(phase, name -> new Sums());
    hosts.put(info.executorId(), info.host());
    if (!info.successful()) {
      sums.failed++;
    } else if (event.taskMetrics() != null) {
      sums.add(info, event.taskMetrics());
    }
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    lost.put(event.executorId(), event.reason());
  }

  /** An object an executor and phase. */
  synchronized ArrayNode rows() {
    ArrayNode rows = JSON.createArrayNode();
    executors.forEach(
        (id, phases) ->
            phases.forEach(
                (phase, sums) -> {
                  ObjectNode row = rows.addObject();
                  row.put("executor", id).put("host", hosts.getOrDefault(id, ""));
                  row.put("phase", phase).put("tasks", sums.tasks).put("failed", sums.failed);
                  row.put("run", seconds(sums.run)).put("start", seconds(sums.start));
                  row.put("wait", seconds(sums.wait)).put("collection", seconds(sums.collection));
                }));
    return rows;
  }

  /** Executors that were lost, and what Spark says of it. */
  synchronized ObjectNode lost() {
    ObjectNode object = JSON.createObjectNode();
    lost.forEach(object::put);
    return object;
  }

  private static double seconds(long milliseconds) {
    return milliseconds / 1000.0;
  }
}
