/**
 * Everyday words that are a slip away from one in the lexicon and mean what they say: "chess" is not "chest". The English
 * ones are those of zxcvbn's list of common words (MIT) that the fuzzy finder would take for another; inflections are left out.
 */
export const falseFriends = `
aakash aarav aback abbas abby abeer abel abla aboot abort abou abound aboutyou abra abram abren abrir abundant aced
aces achy acme acre acres actin acting actors acts adaine adama adds addy adelaide adelina adeline adelita adena adham
adil admit adora adrien adso advice afire afoot afresh agarn agave agent agha agostino agra ahead ahold ahora aida
aide aides aiding aigo aiive ailing ails aims aina aine aiready airhead airline airplay airport airstrip airtight
airtime airy aiso ajay akash akhtar akram alain alameda alara alastair albright aldo alena alice alicia alight alike
aline alistair aliya allah allen allfather alli allied allison allo allright alma alms along alongside alrighty altar
altman alto alun amaar amanda amano amara amaro ambar ambient american americana amiable amicable amid amida amina
amino amira amiss amita amma ammar amore amos ample amply amputate analyse anda andie andover aneela anemic anker
ankle anle anne anon answerable ants anus anvil anybody anythin anytime anywhere apnea apone apos appa apparent
appellate applause apple applegate appraise appy aptly aqua aqui aramun arash arbor arches arcs ardent aren arena
arenas argent argo arid aris arisa arise arkham armaan arman armin arming armor armstrong army arne arnie arns aroma
arora arouse arterial arts asahi ashe asher ashes ashram ashur asia aside askin asleep aspire assad assaf assam
assassin assassinate asshat assimilate assisting asta asteroid asteroids astra asuma asuman asya athe atheist atlas
atms attach attest auda audi audit auntie auras avery avid avram await awaken award aware awash awoke awoken awry axle
baba babbitt babe babes babies babli baboon babu babyface babysit babysitting bacall bach bachman bachmann backache
backbone backdrop backed backfire backhand backpack backside backstabbing backstroke backward backwater bacon badass
badder baddie bade baden badmouth badri baedal baek baer bafta bagchi bagged baggie bagging baggy bahai baili bailing
baited baits baja bajie bajor bake bakery baking balan baldy bale balin ball balli ballin balling ballon baltar balto
bambi banal banco banda banded bando bands bandy bane bang banging bankbook banked bankrolled bankrolling banky banned
bannon banu banyan baran barbie barca bare bared barged baring baris bark barley barn barns baron barra barren barrier
barrio barris barron barry barth basal basha bashar basie basin bask basking bast basta batch bates bathe bathory
baths batman baton batou batra batten battle batty bawk baylin bays bazaar beach beak beaks beal beam beamen bean
bearable beast beat beata beatin beaton beau beav beca becca beck becka beebe beef beeline beeman beene beep beeper
beet beetle began beggin beginnin begun behen beige beiieve being beka bela belay belen belief belive bell bella belle
belli bello bellow bellyache bellyaching bellybutton belt belter bending bene benes bengt beni benigno benin benni
bennie benno bento benz beren bering bern bert berta berth bertha bertie beset beshte bessie bester bestie betcha
betel beth bethel beto betray betting betts betty bevan bezos bhai bhaijaan bhaiya bhalla bhanu bharti bhima bhola
bhutan bian bianco bibi bick bicker bidding biddy bide biden biding bihar bihari bijou bilal bile billa billable
billed billie billing billu bing bink birch birthday birthright bitching bitchy bitte bittu blackblood blackburn
blacken blackface blackfoot blacklist blackout blackwater blackwell blacky bladder blaine blake blame blanc blanca
bland blane blank blanked blare blast blasters blaze bleak bleating blech bleep bleh blend blending blends bleu blew
blimp blinding bling blink blipping blips block bloke blond bloodline bloodshot bloody bloom blouse blowed blower
blowin blueprint bluetooth bluey bluff blum blume blur blurring blush bluth bluto blye boar boating boba bobbi bobbie
bobby boche bock bode boden bodes bodhi bodi bodie bodywork boer boggle bogie boing boko bolan bolton boma bomp bona
bonds bonehead boney bong bongos bongs bonk bonn bonne bonnie bonny bono bonus bony bonzo boob boobie booby booed boog
booker bookman bookshop bookstore boom boon boone boop boor boot booth boov bope bora border bordered bore boring bork
born borne bose bosh bossy boston boswell bosworth botch bother bothers bothwell bottleneck bounds bovie bowed bowie
bowing bowling bowser boxed boxes boyd boyfriend boyle boze brace brack braden brainchild brainwashed brainy brake
braking bran brand brash braun bravo brawn breach bread breadth break breakin breathable bred breed breeding breeds
breen brent brer brest brian brig bright brill brine bringin brink briny brisk britten broad brody brokeback brood
brook brooke broome broth brothel browned browning browse bruce brunei brung brunt brushing brute bubbie bubby
buckaroo buddha buddy buenas bueno buenos buffed buffer bugger bula bulana bull bully bummed bumping bumpy bunch bundy
bunk bunny buns bunt buon buona burbs buren burg buried burk burl burnin burnside burp burped burping burps burr burst
burt burton bury burying bust buta butte butter buttery butting buttle buxton bwana cabbie cabe cabin cable cabo
cabron cabs cacao cache caches cackle cacti cadaver caddie cade cadi cadre cady cafa cafe cagey cahide caii cairo cait
caity cajun cake cale calf cali callas callaway callback calle calleigh callen callie callin calling callisto calm
camacho camaro camel camelot cameo cameraman cameron cameroon cami cammie camo camp camps cana canaan canada canan
cancel candela candice candied cane caner cang canker canna cannon cano canst canteen canter cantina cantonese
cantwell capa cape capi caplan capo cappie capra caps capt captain carat carb carbo carbonate carbone carcer carew
carey cari carl carla carlota carm carmel carmela carmine carne caro caron carp carpe carraro carrera carrie carro
carsick carson carstairs cart carta carte carton carts carve carvel cary casa casca case cased cases cash cashed
casing cask caso casshan cassie cast caste castel casts catcher catchin catchy catco cate caters cates cathleen cathy
cato catskills catty causal cause cava cave caving caws cede celia cell cellist cemre cent centre cera ceren chachi
chaco chahine chahiye chair chaka chakotay chakra chal chala chale chalk chalo champ champs chance chanced chancel
chances chand chander chang changeable changeover changing changle chani chant chapin chapped chappie charan chard
charge charli charm charming charu chasin chastain chaste chatham chato chats chatty chaucer chava cheat cheatin
checkbook checkin checklist checkout checkpoint chee cheekbone cheekbones cheeky cheep chem chema cheque chet chetta
cheuk chica chick chiid chil childbirth childcare childe childlike chile chili chill chimera ching chipped chiquita
chitti chives chock choe chola choose chord chore chores chose chuck churro chute ciara cilla cita citadel citas cite
claes clamp clamps clams clans claps clara clare claro clash clashed clasp classes classy claus clauses claws clays
cleave cleft cleo clergy clete climb clinch cline clinica clinical clink clint clips clit clive clocked clog cloned
clones cloning clop close closest closet closin cloth clothed clothes clothesline clough clout cloves clow cluck clump
clumps coal coarse coast coasts coat coats coby cochin coco codename codex coding cody coed cohen coke coked cokes
cola coldblood coldplay coldwater cole coli colin colm colonel colonna colony color colson colt colton colts coma comb
combo comeback comet comey comic comin comm comme comming commuter comp compute comte conan concord concordia
concourse conde condone cone confine conform conformed conlon conover consecutive considerate consist cont conte
contessa contest contests contract contrasting convene converse cooing cooke cooked cooking coon copa cope copied
coping copped copycats copyright cora cordelia cordy core cori corina corinna cork corn corning corolla coronado corp
corrado corrective correo corso cort cortex cortez cory cosa cosmo costa cosy cots cotta cottle couch couid coulda
couldn countdown countin county coupe coupla couplet court cove cover cozy cram cranked crap craps crashing crate
creak creaking creaks creamy crease credo cree creek cremate creme crest crete crew cribs crimp croaked crocs crohn
cronin cropped crowned crowning crowns crump crush crushed crutches cryo cuando cuckoo cuenta cuerno cuervo cuffed
cull cullen cunt curd cure curing curl currents curse cushing cutie cutthroat cuttin cylon cyst cysts dabble dacha
daddies dade dago daichi daigo daimon dais dakar dake dalai dale dalia damar dami damian damien dammed damn damon damp
dampen damu dana dance dancer dandy danes dang dani danke danko dann danner danni danno danny dante danton dany daphne
dara dare dared daren darhk dari darien darin daring darko darl darla darn darren darrin darry dart darth dary dasha
dastan datak date dato datte davey davian davie dawes dawn dawned daycare daytime dayton daze deac deadshot deaf deal
dean deane deanie deanna deano dear dearly dearth deathstroke debbie debi debit debt decay decca decide decides
deckard decker deco decode decree dede deduce deedee deegan deej deejay deeks deem deena deepa deepen deepika deepu
deepwater defies defne deformed dega degas deke dekh dekhna dekho dekker delay dele delegate delenn delia deliver
deliveryman della delle delores delos dembe demeaning demeanor demeanour demi demo demon demos demotion dench denim
denise deniz dennis denny dense dent dente deport depp depressing depth deran deren desai describe descriptive
designate designs desna dessie detain detestable detests deunan deva devil devin devo devon dewar dhabi dhaka dharam
dharma dhillon diana diane dianne dias diaz dibble dicey dich dickey dickie dicking dickon dicks dicky dicle diddy
didn didna dido didrt didst diem diet dietz dieu dieyi differentiate digger diggin diggs dijon dilip dillon dilly dima
dimas din dinar dine dined ding dink dinna dino dint dipping dire dirk disha dissing ditching divas dive dived diving
diwan dixie djing doable dobe dobie docs doctoral doctorate doctore dode dodge dodged dodie dodo doers doesn doesna
dogan dogg dogged doggett doggie doggone doggy doghouse doin dojin dojo dokkan doktor dolan dole doling dolittle doll
dolled dollop dolls dolly dolph dolt domain dome domes domesday domingo domo domon dona donal donde dong dongs doni
donna donnie donny donor donut doodle doogie dookie dooku door doot dope dopes doping dorado doreen doren doria dorian
dorie doris dork dorn dorne doron dorrie dosa dost dote dotes doting dots doug dougie doula douse dove dover doves
downey downfall downing downloadable downplay downright downside downstairs downtime downward doyle doze dozen dozing
drag drags drama draped drawn dread dred dregs dressing dried drina drinkable drinkin drip dripped drips droll drone
droning drool droopy dropout droppin drum drums drying drywall duane dubai dube dublin duce duckie duckman ducks ducky
duds duel duffer duffle dugan duggan dukat dummies dumped dumping duncan dundee dune dunk dunkin dunne dunno duran
durga durin dustin dutta dutton dvds dwayne dwell dwelling dwells dyad dyed dyeing dyes dyin dylan early earning
eastman eaters eatery eatin eaton eben echo edgy edie eight either elaina elaine elasticity elastigirl elena eleni
elite elsewhere emery emil emile emine emit emotion empires enable entice entonces entree entry enver eres errol esa
esas escape ese esha esma esme eso esos espo esra estadio estas este estevez estos etching ethan etta evert everybody
everyday everyone everytime evey evita ewan ewell exes exit exits expectin expire eyeglasses eyelashes eyesight
eyesore fable facebook facedown facet facetime fact factor factory factura fade fagan fail fails fain faire fairer
fairway fait faiths fake faking falcon falk fallback fallin fallon fallout fame famiiy fane fangs fannie fanny fanta
farce fare farm farming farms farooq farouk farsi fart farther faruk faruq fatah fatale fate fats fatter faust fave
faye faze feast feather feathers fedya feeding feeds feel feelin feeling feels feeney feint fella fellatio feller
felling fellini fellow felt felton fend fending fennel fenner ferran ferrer fest fetal fevered fiasco fibre fibs fide
fidel field fields fiend fievel fife fights figs fiind fiirst file files fili filii filing fill filled filming filth
final finder finders finely fingerprint fink finlay finn finney finnish finns fiore firat firearm firearms firehouse
fireman fireside firewall firework fireworks firm firsthand fist fists fitch fittest fitz fixing flailing flaming
fleets flesh fline flint flips flitting floating flocked flor floss flour flowed flower flushes foal foamy folding
fomo fond font fook foon footfalls foothold footloose footman footnote footprint footwork footy fora foray fore
forevermore forgave forge forgetting forgive forgiven forgiving forgot fork formal forman format forming fort forth
forthat forthis forum forward foryour foshan fosse foster foursome framing franco frans freaking freaks freda frell
fresco freshman freshwater frig fright frills frisco frisk frith frito frog frolic frome fromm froot frothy frou
frowned frowning froy fuel fueling fullback fullness fume fund funnel furio fused fuses fusing gaadi gaara gabe gable
gage gagging gaggle galleon galley gallo gallon gally galra galvan galvin galway galya gambi gambit gambled game
gamera games gamma ganged ganging gangs gannon gaping gaps garak garbo gard gare garry garth garvin gasoline gassed
gasses gassing gata gate gates gather gathers gaulle gaunt gavan gavel gawain gayle gaze gazes geena gees geeta geetha
gehrig gene genus gerda gere geri germ gero gerri gert getaway gettin ghana ghani ghar ghent giant gill gillian ging
ginger ginnie giris girlfriend girlie girth gita giveaway givin gliding gloating gloss glowed glowing goad goalie
goanna goat goats goblin gobs gods goin goingto golan gold golda goldie goliath golion golly gomes gonca gong goodall
goode goodman goodson goodwill goody goodyear goof gook goon goop gora goran gord gore goring gort gosh goth goths
goto gott gotta gotti gouda govt goya grabs grace gracias grade gram gramm gran granola grant grape grasp grasping
grass grasses grate gravel gravesite gravestones gravy gray grays graze greg grew greyson grime grip gripping grope
groping grouse grout grove guano guitar gumdrops gunfire gunnar gunplay gunpoint gunsmoke gupta gush gusta gusting
guten gutting hablo hachi hacienda hack haden hadji hadn haeng hafsa hagan hagar hagen haha haig hail hailing haim
haircut hairline hairy haiti hajji hakan hala halal hale halen halftime halfway hali hall halla halle hallie hallowed
halo halt hama haman hamdi hamm hana handbook hande handgun handing handiwork handoff handout handover handpicked
handprint handshakes handsome handstand handsy handwriting handy hanes hangang hanged hangin hangman hangout hangover
hani hank hanks hanna hanne happ happen happenin hara haram hardie hardin harding hardison hardman hardworking hardy
hare harem hari hark harp harping harpy hart haru harv harve hasn hast hasta haste haters hatin hating hatter hattie
haunt haute hava havea haven havin havre hayat hayme hazan haze hazing headaches headfirst headin headline headlong
headman headshot headstones headstrong headwaters headway heady heal health healy heap heaping heaps hear hearin hearn
hearst heartache heartaches heartbreaking heartbroken hearty heat heath heats heave heaving heavyweight heda hedge
heed heep heer heera hehe heidi height heip heir hela hell hells helm helms helo helpin helpline helsing hemp heng
hera herb herc herewith herm herman hermann hermes hermia hermione hero heroes herr herve hesitate hewes heyes hides
hidin highway highwayman hijab hikes hiko hilts hina hind hines hing hints hippy hips hira hire hires hiro hisham
hisself hissing hissy hitching hither hitherto hito hittin hitting hive hiya hoard hoarse hobie hock hoffa hogan hojo
hoke hola holdin holdout hole holed holi holla holli holling holm holo holt homebody homeboy homecoming homegirl
homepage homerun homeschool homesick hometown homeward homework homey homicide homie homing homo honcho hone hong honk
honorable honoria hoodie hoof hooky hoop hoot hopewell hopi hopin hopped hoppin hoppy hora horas horde horne horns
horseback horseman horseplay horsey horst horus hose hoshi hosting hotch hotdogs hothead hothouse hotline hotshot
hotspot hottest hotties hound hounds hour house houseboy housebroken household houseman housewife housework housing
hover howe howie hoy huang huerta hugh hume humped humping hunan hunch hung huntin hunting hunts hurl hurling hurst
hurtin huts hutt hutton hwang hyang hype ianto iben icon ideal idealist idolatry iittle iiving ijust ikea ikon ilene
illya incense inching incoming inconsiderate incorrect indifference indifferent indo indoors ineffective infect info
informal informed inger inherit inherits initiate injectors injure inlay inna inoperable insect insight insignia
instill insult insured internal interpretive intro inverse invested invisible iphone ipod iran irate irisa ironman
ironside irony isabela islamic itch iverson jabal jabbar jackal jackass jacked jackman jaden jafar jaffa jaffar jaffe
jagan jagga jahan jailer jalal jalen jamal jamba james janae janek janet janey janie janja janni janos jansen janssen
japan jatin jaunt jaunty jayne jeanne jeeva jeevan jenks jenna jenner jerk jerky jest jeter jetta jigen jihan jinae
jindal jingling jinnah jinny jiren jiving jiwan joana joanna joanne join jokin jolla joules joust jovan jove juana
jubal jubei judas jueves julan jules juma jumba jumped jumpin jumpy jungi justa justina kable kadam kaden kagan kahin
kahlan kainan kairu kaisa kaise kaiser kaisi kal kaleb kaley kalia kamen kanae kanda kandi kanji kanon kansai kanta
kaoru kappa karam karat karen karin karina karke karla karli karma karna karnak karni karras karta karte karti karuna
kasai kashi kasie kassie kathie kathleen kathy katia katie katja katrine katya kauai kawai kawasaki kawashima kayce
kayden kaylee kaylie kazan kazoo keck keefe keel keenan keene keeper keepsake kehoe keira keisha keita kell kelli
kellie kelp kemp kenai kenan kenna kenshin kensi kesha kessel keyes khaki khaled khalid khalil khitan kiara kickass
kickback kickin kickoff kido kiel kiera kieran kiesha kijiye kili killa killin kiln kilo kilos kilt kinda kinj kink
kinks kinney kino kinte kipling kiran kirk kisha kishan kissed kisser kisses kissin kissing kissy kitab kitai kitchen
kitne kits kitten klara klick klicks kline klink klump knew knick knicks knife knob knot knowa known knowthat knowwhat
knowyou knox konishi koran korra koshien kouji kraft kraut krill kursk kutty kylie kyunki labia lace lachie lack
lacked lacks lacy lada laddie ladylike lagging lagina lago lagoon laguna laila lainey laing lait lake lakeside lakhan
lakhs lakshman lale lalo lamb lame lamp lamps lancer lander lando landy lane lang lanie lanka lankan lanning
laparotomy laps larder larkin larva lash lasse lasses lassie lasting lata laters latex latham lathe lather latika
latin latino latour latrines latte latter lauder laughin laughingstock laughlng lawful layla layman layout layover
layton lazy leach leaf leah leaky lean leaner leaning leann leanna leanne leap leapt lear learnin learnt leary lease
leases leash leche leckie lecter ledge leeds leekie leeks leela leena lees leeway leeza leftover lefty legal legion
lego legos legwork leia leiden leila leiter lekin lemme lending leng lennier lennon lenny lenora lens lent leona leone
leonie less lessen lesson lest lester leta lets letterbox letterhead letterman lettie lettin letting letty levee level
lever levin lexie leyte lhasa liane libra libre libya libyan lice lichen licked lickin licking licks lido lids liege
lies lifeblood lifelike lifeline lifelong lifetime lifetimes lift lightnin likea likeable likey likeyou likha likhna
liking lille lima limbo lime limo lina linc lineman linen linger lingers linh lining linkletter lino lint linz lipo
lire lisa lise lisi lisp lissa lister liszt lite literal litt litter littlefinger littlefoot liven livery livestock
livia livin livy ljust llamada llamar llega llegar llego lleva llorona lnternet lock locked locker lockers locks lodge
loft log logged login logo logon logs lois lone loner longed longo longtime longworth loni lonnie lookalike lookout
looky loom looms loop loops loot lose loser loses losing lothal lotso lott lotte lotus louise lounds lounge lousy lout
louts love lover loving lowdown lowe lowery lowing lowlife luca luce luci lucknow lucky lucy ludo lugs luigi luise
luke lumen lumped lumpy luna lune lunes lung lunge lungs luring lurk lust lute lyft lynne maari maca mach macha machin
machina macho macon macro macy mada madan madder made madge mado mads mady maeda maeve maga magda maghra magma magna
magne magnet magneto maha maham mahone maia maiden maids mailing mails mains maintain mainz maisie maitre maize maja
major making mako malaise malay male mali malia malign malka mall malmo malp malt malta malu malva malverde mamacita
maman mamba mame mami mamma mammy mamo mana manan manana mance manchu mandal mandarin mandel mandela mandi mando mandy
mane mang manga mange mango mangoes mangos mangy mani mania manilow mankind manly manna manny manoj manon manor
mansell manta mantra manu manus manx manya mapo marat marce march marco marcos mare marek maren marga marge margie
margin margo maria mariam marian marie mariel marika mariko marin marina marine marino mario marion maris marjan
markham marko markos marla marlo marlon marni marnie maroon married marries marrow marry marsh marsha marta martel
marten martes martha marthe marwan mary marya maryam maryann masa mascara mascarpone masha masking mason massa massage
massages masseria masseuse massing mast master matcha mate mateo mater mather mathers mati matron matte mattel matteo
matti mattie maude maura mauro maxim maxime maxine maxwell maya maybe mayday mayer mayo mazda mdma meal meals meana
meant meantime mears measure meat meats mecca mech mecha medalist medavoy medea medial median mediate medic medicare
medici medina meditate meena meenie meera meereen meets megan meggie megha meghan mehra meiji meili meimei mejia melee
mellie mellow melo memes memos mena mending menon menopause menthe menus merch merci merde merge merida merit merle
merlin merman merrick merrier merrill merritt merry merve meself messes messi messin messina messing meta methadone
metin meto metre mette mews mexico miasma mice micha michi micki mieze mighta mightn mighty migrant migs mikaela
mikaelson mike mikki mila mile milega milegi milli millie milling milna milo mils mima mime mina mince miney mingling
minh mini mining mink minna minnie mino minos mint minute minx miny mirai miran mire mirren misa misao misdemeanor
misdemeanors misdiagnosed miserable misfire misfits misha mishima misinformation misinformed misinterpret miso
misprint misread missin missouri misspoke missy mist mistaken mistakes mistaking mister mistook mistreatment mists
misunderstand misused misusing mita mitch mitchie mite mito mitten mitts mitzi mlle moan moaning moans mobs mocchi
mocha mochi mode mods mogo mojo mokey molding molesting moll mollie molto mommy momo monde monet monkey mono mont
monte monty moody mooing moonee mooney mooning moons moore moos moose moot mope moped mopey moping mops mora moral
moran moray morehouse morel moreover morey morg mori moria mork morn mornay mornin morningside moro moron morphin
morra morrie morro morse mort mortar mose moser moses mosey moss most moth motherf moths moti motif motor mott motto
mouch mound mounds mount mouri mourning mouse moussa mousse mousy mouthy mowed mower mowing moxie moyer mozzie muah
mucho muck mucky muddy muffy muggy mugs mujhko mujin mukai mulan mulch mule mullen multi mumbled mumma mummies mumps
munch mune munni munro munt murai murch murray musa muse muses mush mushy musk musn musta mustache mustaches mustn
musty mutt mutter mutton muzak muzzle myrna myron myseif mystique naam naboo nadal nadia nadine nadir nadja nadu nadya
naga nagar nagging nailing naina naka nala nalan namek namesake nami nanda nandi nannies nanny nano naoto napa nape
nara narin nasa nassar nata nate nathan nato nattie nava navajo nave naveen navin naya nazir nearby neary neat neatly
neckline needham needin needle needn needy neel neelam neelix neelu neely neena neeta neha nella nelle nellie nels
nerd nerds nermal ness nest nether neto nets netting neva neve nevermore newer newhouse newsletter newsman newsome
newspaperman newsstand newswoman newt niall nian nibble nica niche nick nicked nickel nicki nickie nicking nico niece
niels nielsen nigel nigga niggah niggas nigger nihal nihan nika nikhil nikki niklas niko nikola niles nilsen nima
nimmi nine nini ninja ninny ninth nipple niro nisa nisha nishi nissan nita nite nitin nitti niven noche nock noda node
noise nolan nombre nome nona nonce nong noni nonna nono nooks noona noonan noone noose nope norma normally norman
norse norte nosebleed nosebleeds nosey nosh nosing nosy notable notebook noth nother nothin noting notion notjust
notre notte notting nuck nuclei nudie nueva nuit numbskull numero nuna nuno ofcourse offending offhand offline
offscreen offseason offshoot offside oftentimes ofthese ofthose oher oily okey okra older olive oliver olivia olly
omen omens omer oneself oniy onto opec oren orin orly orna osage oslo other others otomo otra otras otro otros oughta
oughtta ounce ourself outback outbreaks outcome outdone outdoors outfits outgoing outhouse outlast outline outlive
outlook outpatient outpouring outright outside outward outwith oven ovens overall overcame overcome overcoming
overdoing overdone overdoses overdue overflowing overhang overhead overkill overlook overlooks overreact overreacting
overreaction overrun oversee overseeing overshot oversight oversleep overt overtake overtaken overtakes overtaking
overthe overthere overthink overthinking overthrew overthrow overthrowing overtime overtired overtook overturned
overused overweight overwork overworking owen owens owned oxen paan pabst pace pacha pacho packard packed packin packy
paco pact padding paddle paddy padhna padma padme padua paella pagan pagar paget pago paige pail paine painstaking
painted painter painting pairs paisa paise palais palate pale pales palin pall palle pallet palo pammi panda pandi
pane panic panna panning pans pant paola papal papaya papi pappas pappi pappu pappy papua parade paradox paralyze
paranoia paranormal parasite pardo paree parent pari park parka parkin parlay parm parma parr parra parsa parso part
parte particle parton party pasa pase pasha paso passe passin pasta paste pasted pastime pasting pastors pasty patch
pate patent patents path paths patil patina patio patrick patrik patris patrol patron patten patter patties patting
patton patty paula pausing pave paving pawan pawn pawnee pawns payin payroll payson payton pazzi peaking pear pearly
pebble peck pecked pecos peddle pedro peeing peeled peeler peeling peels peeper peer peerless peeta peewee pelant pell
pelle pelo penal pending peng penh pent peon peopie pepa peppa perch perform performed perfumes peri perished pernod
perrin perro perry persephone persevere persevered person persona personable perth perverse pest pester pesto peta
petr petri petrie petro petrov petter petting petty phase pheebs phelan phelps phill philly philo phin phipps phone
phonebook phoney phong phony photocopy photon photoshoot photoshop piao piay picket pickin picking pickle pickles
picky piease piece pieces piero pierre pies piety pika pikes pilaf pilar pile pillai pillbox pina pine pines pink pino
pins pint pinter pinto pipes pippa pippi pippin pisa piso pissed pisses pissin pissing piston pita pitch pitching
pithy pitied pities pitting pitts pixie piya pizza plain plains plait plane planet plank plannin plantain plata plate
plath platt playa playable playback playbook playboy playhouse playlist playoff playtime plop plots plowed plowing
ploy pluck plump poco poder pogo pointe pointer pointy poke poker poking pola pole poles police poll polling polls
polly polo polson pomp ponce ponder pong pont ponte pony ponyo poochie poof pooh pooja pookie pool poole poon poopy
poor poorer pootie pope popo poppa poppin poppy pore poring porque porta porter porto pose poser posing posner post
postal pote potion potsie potter potts pounds pours pouting pouty power prada pradhan prado prague praise pran pranav
prasad pray preethi preeti present preston presume preventable preventive pricey prick pricked pride prime prince
printout prison prithee prize probiem problema problemo proclaim projective projectors prone proof prop propped pros
protect proto pryce psst puck puddin pueden puerto puff puffin puke pull pullin pullo pulls pumped pumpin pumping
pumps pune punt punta purer purge purim purrs purse pusan push pushin pushing puta putin puto puttin putting putty
puyo pyro qatar qilin quack quantify quark queer queso questionable queue quien quienes quiet quilt quilting quin
quincey quincy quint quip quirk quirt quite quittin quiz quot quota quote quran raah raat rabbi rabid rabin race raced
rach rache rachid racked radha rafe raffi rage raged ragging raheem rahim rahman raid raids railing raine raisa raisin
rajan rake raked rakhi raking rallied raman ramo ramps rams ramse rancher rane ranged ranging rape raph rapha rapped
rapport rare rarely rarest rashad rashmi rasping ratan rath ravan rave raved raving rayburn raye raze razed reach
reactive reactors readable reade readjust readout reai real realty realy ream reap reaped rear reasonable rebs recede
recite recites reda reddy reed reeling reflex reggie rehan reheat reid relieve rene renee renewable renny repeal
repent replaceable resin resolve resort resorts retort reuse revels revere revered revolved reyes ribcage rica rick
riga riggs righto righty rigs rika rima rims rina ringer ringers ringling rink rios ripe ripping rips rise rishi risky
rita rite riva riya riza roadhouse roadkill roadside roadway roald roam roaming roan roar robbie robbin robe robie
robin robo robs rockin rode rodin rogan roge rohan rojo rojos role rolf rollie rollin rolo rome romeo romi rommie romp
rone ronin ronni ronnie ronny rooftop rookie room roop root rootin roping rosa rose roshi rosie rossi roster rota rotc
roth roti rotom rotor rouge roughed roughing rounds roust route rove rover roving rowe roxie rubies rubs rugs ruins
rukia rumour runa runabout runaway rundown rune runes rung rungs runt runts ruse rush rushing rusk russ ruthie rutting
saab saba sabado sabi sable sabre sabu sachi sachin sachs sack sacks sacred sada sadder sade sadie safehouse sagar
sage sahab sahar sahib sahil sahir sailing saint sainted saints saito sakai sake sakes sakshi sala saleh salem salih
salim salir salle sallie salt salty salve salvo sama samar samara samay same sameer samir sammi sammie sand sandi
sandra sandro sands sane sang sango sangram sangria sanna sanne sansa santa santi santo saori sara sarah saran sarees
saris saroo sasa sashay satan satay satin sato sats saudi saute savi savin saving saxe scab scala scale scalp scam
scant scar scarab scare scaredy scarier scat scholl schooi schoolboy schoolgirl schoolhouse schoolwork scold scolded
scones scoot score scored scorpio scot scots scream screenplay screenshot scribe scrip scud seafloor seahorse seal
seale seam sean sear seared seasick seaside season seating seaver seawater sebring seduce seducing seed seeded seeding
seeds seedy seeking seema seeming seenu seep seeping seetha seeyou sega segundo seine seismic selling sellout sema
semana seminal seminary semple sena sending sendo sendoff seng senior senna senorita senses sensor sent seol seon
seong seop serap serb serf sergio serie series serpico serra serve servo seto sets setter setting seul seung severide
severin severn sewell sewing sexist shaam shack shacking shackle shacks shad shade shades shading shaffer shaft
shagging shahid shaina shaka shake shaken shakin shale shallow shalt shalu sham shaman shame shames shaming shana
shane shang shani shank shanks shanna shannon shanta shanthi shanti shape shapes shaping shard sharda shards share
shared shares sharia sharif sharing shark sharma sharon sharp sharpie shashi shasta shave shaven shaves shaving shawl
shayna shayne shea sheds sheehan sheela sheep sheeran sheeta sheher shek shel shelf shell shelled shelling shells shem
shep shera shere sheree sheri sheriffs sherm sherri sherrie shiba shifu shige shikha shiki shill shilla shima shinde
shined shiner shines shing shingen shingle shinin shino shinpei shins shiny ship shipping shira shire shirin shirk
shirl shiro shirt shit shite shits shittin shitting shiva shiyu shizu shoe shoes shona shone shook shoop shootin
shootout shopped shopper shopping shore shorn shortcut shortfall shorthand shortlist shortstop shorty shota shotgun
shoulda shouldn shout shouts shoving show showa showed showin shown showstopper showy shrine shuck shue shug shui
shuji shunt shuo shura shuri shut shuts shuya sian sicken sicko siddhu sidearm sideburns sidecar sidekick sidekicks
sideline sidhu sidle sidney sieep siege siempre sierra sieve sifting sigh sightseeing sigi signe signorina sila silk
sill silla silo silt sima simple sims sinag sind sindh sinew sing singer singers singh singles sings sinha sink sinned
sinner sion sippin sipping sips sire siree siren sirius sirree sirs sissi sissy sita sitch sith siti sitrep sitter
sittin situ siva siya size sizing skaara skate skids skiff skill skilled skills skim skimp skin skipper skit skits
skrull skulk slab slash slashed slate slave slaw sleek sleepin sleepover sleepy sleet slew slice slick slide sliding
slight slim sling slink slip slipping slips slither slitting sliver slob slog slop sloping sloppy slot slots slug
slugs slum slump slums slung slurp slut sluts small smart smarts smash smell smelled smelling smells smiley smite
smock smokehouse smokescreen smokey smoky smoot smote smother snakebite snaking snape snare snart sneak sneaking sneed
snell snide sniff snip snipping snitch snog snore snored snort snot snow snowed snowing snows snuck soaking soared
soba sober sock socked soco soda sofa soften sohee sohn soho soiling sola sole solo solon soma sombre someday somehow
somethin sometime sometimes someway somewhat somewhere somme sona songwriting soni sono sonora sont sonu sony sook
soong soot sora soren sorrier sort sory soso sota soto sought sour soured sousa souta sowed sowing sown sows soya soze
spain spake span spans spared spat spats speakin spear speck spell spelled spelling spells spelt spend spiced spill
spills spine spit spite spits spittin spliced split spock spoilt spoke spool spoon spore sport sporting sports
spotting spotty spout spree sprint sprinter spud spur spurred spurs squeeze stack stacking stag stain stair stake
staked stakes staking stale stalin stalk stalking stalks stall stan standin standoff standout standpoint standstill
stank star starch stare starin stark starr starry startin stash stat stated staten static station stats stave stay
stayin steak steal steaming steamy steep stell stem step stepped stepping steps stick stickin stig stillman stillson
stillwater stillwell stine stingray stingy stink stinking stint stirs stitch stockade stocking stockwell stocky stoick
stoke stoked stokes stole stomachache stomp stomped stomping stomps stone stoney stoop stooped stooping stopover
stoppage stopper stoppin storehouse storey stork storm story stove stoves stow stowe stowed strand stranger strap
strata stream streep stricken strike strikes string stringer stripe stripper striptease strobe strode strongbox
stronghold strongman strung stuart stub stubbed stud stuff stun stunk stunt suave subah subbu suck sucka sucre sudan
sudha sudo sued suen sues suffer suga sugarman sugary suge suggestive suing suit suite suits suman summa sumo sumru
sune sung sunna suno supe sura surefire surf surge suri surrey surveyors susan sushi susie sustain sutton suze suzhou
suzie svend swab swabbed swabbing swabs swan swans swaps swarm swath sways sweatin sweep sweeping swill swine swing
swish swiss switchblade swole swoon swoosh sword swords swore swung taani table tacked tackle tackled tacks tacky tada
taek taera tagging taichi taiga taiji taik taiking tailing tails taint tainted tais taishi taiwan takao takeaway
takedown takeo takeoff takeout takeover taketh taki takin taku tala tale tales tali talkin tall tallinn talos taluk
tama tamar tamara tambien tame tamer tamera tamika taming tammy tamper tamra tane tangling tango tangy tania tank
tanking tanks tanna tannen tape taping taran tarde tariff tarik tariq tarjeta tarrant tarts tase taser tasha task
tasks tata tate tater taters tatya taunt taxes taxing tayla taystee teague teahouse teal teat teatime teats tech
techno teddy tegan teiing tekken tempo tending tendo teng tengan tengu tenma tent tenth tents tenure tepee tere
terminal terra terran terri terror tessa tessie testy texan text texts thai thais thale thanatos thane thank thanking
thao thar tharn thata thataway thatyou thaw thea theatres theft theis them theme then theo therea therein thereof
therese theta theya theyre thicken thigh thine thinkin thinkyou thisa thong thorax thorough though threat threesome
throb throughout throwaway throwback throwin thrown thumbelina thumbprint thump thunk thus tiago tian ticking tickle
tide tides tied tienen tierra tigger tigh tightrope tikka tile tiles tillie timeline timeout timmy timo timor tine
tink tinkling tire tissue tivo toad toads toasting tobe tock toddy todos toga together togo toiling tojo toke token
toko toll tolling toman tomato tomb tomek tomi tomie tomita tommen tommo tommy tomoe tone toner tones tonia tono tool
toon toothpick topo topped topping topside tora torah tore toro toros torrio tosa tosh tosser tote toto toured touring
towa tower toya toyo toyotomi tracked tragg tramps tran trang trash trashed tread treason treehouse treetop trek
trespassed trespassing trev trey tried tries trifle tripe tripping tris trolling troops troth troubie troublesome
trough truck true tsan tsang tsing tsung tsuru tuan tube tuco tudor tull tummies tune tuned tuning turds turing turks
turn turnin turnout turnt tutor tuttle tuvok twang twat tweak twine twink twitch twosome tycho tyke tyree tyres umar
unchain uncie unclean understandable unfit union unite unity unload untie untii urns usable usin ussr usted vada
vagina vala valea valen valet vali valle value valve vane vape vary vase vassar veda vegas vena venal vending vents
venus vera veracity veranda verb veritable vermouth vern vero vesta vetting vices vidal vidar vidya viene vienen
viernes vigo vijay vika vila vile villain ville vinay vine vint vinz viren visa visitors vita vito viva vivi vixen
vole volvo wade wading wafer wafers waft wage wager wagers wages wagging waging waif wail wailing waist waited waiter
waiters waiting waka wakey wales walk walken walking walla walling wallow walt walter walters wanda wands wane waned
wang waning wank wanking wantonly wantyou warding ware wares waring warm warming warms warn warnin warp warping
warrant warring wart warts wary wasa wash wasjust wasn wasrt wast wasted waterfall waterfalls waterhouse waterline
waterman watershed watertight waterway waterworks watery watt watts wave waver waves waving waxes waxing wayside
wayward weaken wear wedge weeds week weems weeps weigh weighty weil weir weirdo welds wella welling wellman welp went
weren werert werk wets wetter wetting whaa whaat whale wham whata whatnot whatsapp whatsit whatyou wheat whee whelp
wherein whereof wherever whet whew whey while whine whit white whither whiting whoie wholesale wholesome whomever
whore wicked wide widen wider widow width wifey wight wiki wile wiles wilf wilk willa willed willi willing wilt windom
winehouse winger wink winn wino wipe wipes wire wires wirth wise wishbone wisp witch witching witchy withhold
withholding withstand witt witten wittle wives woke women wona wong wood woods wook woong wordboy wordgirl wording
wordplay wordsworth wordy wore worf worid workable workday workhorse workhouse workin workman workout workshop world
worlds worm wormy worn worryin worse worthy wory wotan wouid woulda wouldn wouldnt woven wracked wreak wreaking wreath
wreaths wren wright wring wrist writ writhe writin wrongdoing wrung wyman yaar yeah yearbook yearly yearn yeats yello
yelping yoru youa youl youre yourfather yourself youself zaara zafar zaheer zahir zahra zaire zalman zappa zeina
zeller zhang zhiwei zinger ziwei ziyan zlatan zohar zulus zumba घुटना घुटने घुटनों
`;
