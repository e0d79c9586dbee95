package io.cleave.testbed.split;

import io.cleave.policies.onnx.Architecture;
import io.cleave.policies.onnx.NetworkPart;
import io.cleave.policies.spelling.Nearest;
import io.cleave.testbed.UserError;
import io.cleave.testbed.exits.ExitNetwork;
import java.util.List;

/**
 * A network that is trained on two sides; its last exit alone.
 *
 * @param network which
 * @param cut the last operator of the near side, by name
 * @param seed of the weights
 */
public record SplitNetwork(ExitNetwork network, String cut, long seed) {
  /** The name of the tensor with the images. */
  static final String IMAGES = "input";

  public SplitNetwork {
    List<String> operators = network.architecture().trunk().operators();
    int place = operators.indexOf(cut);
    if (place < 0 || place == operators.size() - 1) {
      throw new UserError(
          "%s cannot be cut behind '%s'. Maybe behind '%s'; there are %s."
              .formatted(
                  network,
                  cut,
                  Nearest.of(cut, operators.subList(0, operators.size() - 1)),
                  operators.subList(0, operators.size() - 1)));
    }
  }

  Architecture trunk() {
    return network.architecture().trunk();
  }

  NetworkPart whole() {
    return trunk().part(0, operators());
  }

  NetworkPart near() {
    return trunk().part(0, place());
  }

  NetworkPart far() {
    return trunk().part(place(), operators());
  }

  private int operators() {
    return trunk().operators().size();
  }

  private int place() {
    return trunk().operators().indexOf(cut) + 1;
  }
}
