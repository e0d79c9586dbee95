package io.cleave.testbed.live;

import io.cleave.testbed.experiment.Experiment;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** What each program is told in a container: its neighbours by their names on the network. */
final class ContainerSettings {
  static final String HOME = "/var/lib/cleave/";
  static final String FILE = HOME + "config/application.properties";
  static final String FRAMES = HOME + "frames.csv";
  static final String MODEL = HOME + "model.onnx";
  static final String ANSWERS = HOME + "model.answers.csv.gz"; // beside it
  static final String IMAGES = HOME + "images/";
  static final String MODELS = HOME + "models/"; // of the controller
  static final int HTTP = 8080;
  static final int DATA = 9000;
  static final int MQTT = 1883;

  private final FleetPlan plan;
  private final ProgramSettings told;

  /**
   * @param broker as the containers reach it
   */
  ContainerSettings(FleetPlan plan, RunningBroker broker) {
    this.plan = plan;
    this.told = new ProgramSettings(plan, broker);
  }

  Map<String, String> controller() {
    Map<String, String> settings = told.controller();
    settings.put("cleave.controller.state", HOME + "state");
    settings.put("cleave.controller.models", MODELS);
    return open(settings);
  }

  Map<String, String> server(Experiment.Node node) {
    Map<String, String> settings = told.server(node, HTTP);
    settings.put("cleave.agent.controller-url", "http://controller:%d".formatted(HTTP));
    settings.put("cleave.agent.data-port", Integer.toString(DATA));
    settings.put("cleave.agent.data-advertise", "%s:%d".formatted(node.machine().name(), DATA));
    settings.put("cleave.agent.state", HOME + "state");
    return open(settings);
  }

  Map<String, String> device(Instant start) {
    Map<String, InetSocketAddress> ways = new LinkedHashMap<>();
    List<String> servers = plan.servers();
    for (int i = 0; i < servers.size(); i++) {
      ways.put(servers.get(i), InetSocketAddress.createUnresolved("link", way(i)));
    }
    InetSocketAddress broker = InetSocketAddress.createUnresolved("link", MQTT);
    Map<String, String> settings = told.device(broker, ways, start);
    settings.put("cleave.agent.frames-file", FRAMES);
    settings.put("cleave.agent.state", HOME + "state");
    GivenModel.of(plan).ifPresent(model -> settings.put("cleave.agent.model", MODEL));
    images().ifPresent(folder -> settings.put("cleave.agent.frames", "labelled:" + IMAGES));
    return open(settings);
  }

  /** Labelled images that the device shows. */
  Optional<Path> images() {
    return told.images();
  }

  /** The port of the link by which the device reaches a server. */
  static int way(int server) {
    return DATA + 1 + server;
  }

  private static Map<String, String> open(Map<String, String> settings) {
    settings.put("quarkus.http.host", "0.0.0.0");
    settings.put("quarkus.http.port", Integer.toString(HTTP));
    return settings;
  }

  /** Settings as the text of a file. */
  static String text(Map<String, String> settings) {
    Properties properties = new Properties();
    properties.putAll(settings);
    StringWriter text = new StringWriter();
    try {
      properties.store(text, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
