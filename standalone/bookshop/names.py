"""Names of places and invented people, books and schools."""

from typing import Final

FIRST_NAMES: Final = (
    *("Lerato", "Kabelo", "Tumelo", "Palesa", "Neo", "Amogelang", "Katlego", "Dineo", "Oratile", "Itumeleng"),
    *("Sibusiso", "Nomsa", "Bongani", "Thandeka", "Nokuthula", "Mandla", "Zinhle", "Lwazi", "Ayanda", "Siphesihle"),
    *("Anika", "Hendrik", "Marelize", "Riaan", "Elsabe", "Francois", "Carien", "Deon", "Ilze", "Stefan"),
    *("Yusuf", "Shanaaz", "Imraan", "Nadia", "Kavitha", "Rajesh", "Preshen", "Leila", "Farouk", "Meera"),
    *("Grace", "Michael", "Sarah", "Daniel", "Ruth", "Peter", "Helen", "Joseph", "Linda", "Simon"),
)
SURNAMES: Final = (
    *("Molefane", "Phirinyane", "Seabelo", "Motsepane", "Kgositau", "Modiseng", "Tlhapane", "Ramosi", "Lekgowe"),
    *("Dlamuka", "Khozane", "Mthembeni", "Ngcobeni", "Zwanela", "Sitholeni", "Mkhizane", "Buthelane", "Celani"),
    *("Bothmar", "Kruyer", "Pretoriuse", "Venterman", "Cilliersen", "Oosthuis", "Marnewicke", "Steenkampf"),
    *("Abrahamse", "Petersenz", "Isaacsen", "Adamsen", "Pillayne", "Govendra", "Moodleyan", "Reddyar", "Patelia"),
    *("Whitcombe", "Carverly", "Hartfield", "Ellingham", "Thornby", "Marchbank", "Fairwell", "Greenleigh"),
)
PLACES: Final = (
    *("Mahikeng", "Rustenburg", "Potchefstroom", "Klerksdorp", "Zeerust", "Vryburg", "Brits", "Lichtenburg", "Taung"),
    *("Pretoria", "Soweto", "Johannesburg", "Midrand", "Bloemfontein", "Kimberley", "Durban", "Polokwane", "Mbombela"),
    *("Cape Town", "Gqeberha", "East London", "Upington", "Gaborone", "Lobatse", "Kuruman", "George", "Welkom"),
)
ORGANISATION_WORDS: Final = (
    *("Baobab", "Marula", "Acacia", "Letsema", "Thuto", "Kgolagano", "Sunbird", "Riverbend", "Highveld", "Protea"),
    *("Tshimologo", "Lesedi", "Naledi", "Umthombo", "Springbok", "Karee", "Witstinkhout", "Mopane", "Morula", "Aloe"),
)
TITLES: Final = (
    *("The Baobab Year", "Rivers of Salt", "A Map of Small Hours", "Letsatsi le Pula", "The Weaver of Taung"),
    *("Dikgang tsa Bosigo", "Under the Camel Thorn", "The Last Train to Zeerust", "Mosadi wa Noka", "Dust and Honey"),
    *("Songs for a Dry Season", "The Glass Kraal", "Ntlo ya Dinaledi", "Nine Doors to Karoo", "Thirteen Goats"),
    *("Stepping Stones Mathematics", "Clear Physical Sciences", "Thuto Setswana Reader", "Rainbow Life Skills"),
    *("Bright Path English", "Accounting Made Plain", "Atlas for Young Explorers", "Geography in the Field"),
    *("Life Sciences Step by Step", "Business Studies Companion", "Puo ya Rona", "My First Number Book"),
    *("Beginner's Robotics", "Foundations of Nursing", "Introduction to Law of Contract", "Statistics by Hand"),
    *(
        "The Kgotla Cookbook",
        "Birds of the Kalahari Edge",
        "Succulents at Home",
        "Marathon on Gravel",
        "Paper Elephants",
    ),
)
DEVICES: Final = (
    "phone",
    "tablet",
    "laptop",
    "old desktop",
    "iPad",
    "Android phone",
    "work computer",
    "library computer",
)
GRADES: Final = tuple(f"Grade {number}" for number in range(1, 13))
