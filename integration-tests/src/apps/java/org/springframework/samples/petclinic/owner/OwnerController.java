package org.springframework.samples.petclinic.owner;

import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Pages of owners and of their pets. */
@Controller
public class OwnerController {
  private final OwnerRepository owners;
  private final PetTypeRepository types;

  public OwnerController(OwnerRepository owners, PetTypeRepository types) {
    this.owners = owners;
    this.types = types;
  }

  @GetMapping("/owners")
  public String processFindForm(@RequestParam(defaultValue = "1") int page, Model model) {
    model.addAttribute("owners", findPaginated(page, ""));
    return "owners/ownersList";
  }

  private Page<Owner> findPaginated(int page, String lastName) {
    return owners.findByLastNameStartingWith(lastName, PageRequest.of(page - 1, 5)); // <- owners
  }

  @GetMapping("/owners/{ownerId}")
  public String showOwner(@PathVariable("ownerId") int ownerId, Model model) {
    model.addAttribute("owner", owners.findById(ownerId).orElseThrow());
    return "owners/ownerDetails";
  }

  @GetMapping("/owners/{ownerId}/pets/{petId}/edit")
  public String initUpdateForm(
      @PathVariable("ownerId") int ownerId, @PathVariable("petId") int petId, Model model) {
    List<PetType> all = types.findPetTypes();
    model.addAttribute("types", all);
    model.addAttribute("pet", owners.findById(ownerId).orElseThrow().getPet(petId));
    return "pets/createOrUpdatePetForm";
  }

  @PostMapping("/owners/{ownerId}/pets/new")
  @ResponseBody
  public String processCreationForm(
      @PathVariable("ownerId") int ownerId, @ModelAttribute("pet") Pet pet) {
    Owner owner = owners.findById(ownerId).orElseThrow();
    owner.getPets().add(pet);
    owners.save(owner);
    return pet.getName() + " is a " + pet.getType();
  }
}
