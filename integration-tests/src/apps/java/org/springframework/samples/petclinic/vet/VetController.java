package org.springframework.samples.petclinic.vet;

import java.util.stream.Collectors;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** A page of vets, and all of them. */
@Controller
public class VetController {
  private final VetRepository vets;

  public VetController(VetRepository vets) {
    this.vets = vets;
  }

  @GetMapping("/vets.html")
  public String showVetList(@RequestParam(defaultValue = "1") int page, Model model) {
    model.addAttribute("vets", vets.findAll(PageRequest.of(page - 1, 5))); // <- page
    return "vets/vetList";
  }

  @GetMapping("/vets")
  @ResponseBody
  public String showResourcesVetList() {
    return vets.findAll().stream() // <- all
        .map(vet -> "{" + vet.getName() + ": " + vet.getSpecialtyNames() + "}")
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
