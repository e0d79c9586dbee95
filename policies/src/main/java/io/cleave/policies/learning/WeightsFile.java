package io.cleave.policies.learning;

import io.cleave.policies.onnx.DenseNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A small network that was learned, as it is kept in a file.
 *
 * @param what the file is called in errors
 * @param network in it
 * @param notes beside it, by key
 */
record WeightsFile(String what, Perceptron network, Map<String, String> notes) {
  WeightsFile {
    notes = Map.copyOf(notes);
  }

  /** One that ships with the program. */
  static WeightsFile shipped(String name) {
    try (InputStream file = WeightsFile.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(
            "The program is incomplete: %s is missing.".formatted(name));
      }
      return read(name, file.readAllBytes());
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /**
   * The one at a path.
   *
   * @throws IllegalArgumentException if it cannot be read, or holds no such network
   */
  static WeightsFile read(Path file) {
    try {
      return read(file.toString(), Files.readAllBytes(file));
    } catch (IOException error) {
      throw new IllegalArgumentException("The weights %s cannot be read.".formatted(file), error);
    }
  }

  static WeightsFile read(String what, byte[] bytes) {
    DenseNetwork network = DenseNetwork.read(what, bytes);
    List<Perceptron.Dense> layers = new ArrayList<>();
    for (DenseNetwork.Layer layer : network.layers()) {
      layers.add(
          new Perceptron.Dense(layer.inputs(), layer.outputs(), layer.kernel(), layer.bias()));
    }
    return new WeightsFile(what, new Perceptron(layers), network.notes());
  }

  /** The content of a file: equal networks and notes give equal bytes. */
  static byte[] bytes(Perceptron network, Map<String, String> notes) {
    List<DenseNetwork.Layer> layers = new ArrayList<>();
    for (Perceptron.Dense layer : network.layers()) {
      layers.add(
          new DenseNetwork.Layer(layer.inputs(), layer.outputs(), layer.kernel(), layer.bias()));
    }
    return new DenseNetwork(layers, notes).bytes();
  }
}
