package io.cleave.testbed.live;

import io.cleave.testbed.experiment.Experiment;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
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

  private final ProgramSettings told;

  /**
   * @param broker as the containers reach it
   */
  ContainerSettings(FleetPlan plan, RunningBroker broker) {
    this.told = new ProgramSettings(plan, broker);
  }

  Map<String, String> controller() {
    Map<String, String> settings = told.controller();
    settings.put("cleave.controller.state", HOME + "state");
    settings.put("cleave.controller.models", MODELS);
    return open(settings);
  }

  Map<String, String> server(Experiment.Server server) {
    Map<String, String> settings = told.server(server, HTTP);
    settings.put("cleave.agent.controller-url", "http://controller:%d".formatted(HTTP));
    settings.put("cleave.agent.data-port", Integer.toString(DATA));
    settings.put("cleave.agent.data-advertise", "%s:%d".formatted(server.machine().name(), DATA));
    settings.put("cleave.agent.state", HOME + "state");
    return open(settings);
  }

  Map<String, String> device(Resident device, Instant start) {
    InetSocketAddress toBroker = InetSocketAddress.createUnresolved("mosquitto", MQTT);
    Map<String, InetSocketAddress> toServers = new LinkedHashMap<>();
    for (int i = 0; i < device.ways().size(); i++) {
      Resident.Way way = device.ways().get(i);
      String link = link(device, i);
      for (int server = 0; server < way.servers().size(); server++) {
        toServers.put(
            way.servers().get(server), InetSocketAddress.createUnresolved(link, port(server)));
      }
      if (way.broker()) {
        toBroker = InetSocketAddress.createUnresolved(link, MQTT);
      }
    }
    Map<String, String> settings =
        told.device(device, new ProgramSettings.Ways(toBroker, toServers), start);
    settings.put("cleave.agent.frames-file", FRAMES);
    settings.remove("cleave.agent.energy-file"); // a container's machine shows it no meter
    settings.put("cleave.agent.state", HOME + "state");
    GivenModel.of(device.network().origin())
        .ifPresent(model -> settings.put("cleave.agent.model", MODEL));
    device.images().ifPresent(folder -> settings.put("cleave.agent.frames", "labelled:" + IMAGES));
    return open(settings);
  }

  /** Name of the container that emulates a device's way. */
  static String link(Resident device, int way) {
    return "%s-link-%d".formatted(device.name(), way + 1);
  }

  /** The port of a link by which a server is reached, one of those that are reached over it. */
  static int port(int server) {
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
